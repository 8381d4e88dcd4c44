package org.sipring.proxy.registrar;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.sip.transport.Transport;

/** The format of {@link Bindings}: counted lists, texts as {@link DataOutputStream#writeUTF} writes them. */
final class BindingsCodec extends Format<Bindings> {
    @Override
    void write(DataOutputStream out, Bindings bindings) throws IOException {
        out.writeBoolean(bindings.cleared().isPresent());
        if (bindings.cleared().isPresent()) {
            write(out, bindings.cleared().get().stamp());
            out.writeLong(bindings.cleared().get().forgetAt());
        }
        out.writeShort(bindings.all().size());
        for (Binding binding : bindings.all()) {
            write(out, binding);
        }
    }

    @Override
    Bindings read(DataInputStream in) throws IOException {
        Optional<Cleared> cleared =
                in.readBoolean() ? Optional.of(new Cleared(readStamp(in), in.readLong())) : Optional.empty();
        List<Binding> all = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            all.add(readBinding(in));
        }
        return new Bindings(all, cleared);
    }

    private static void write(DataOutputStream out, Binding binding) throws IOException {
        out.writeUTF(binding.contact());
        out.writeUTF(binding.params());
        out.writeUTF(binding.callId());
        out.writeInt((int) binding.cseq());
        out.writeLong(binding.expires());
        writeTexts(out, binding.path());
        write(out, binding.place());
        out.writeUTF(binding.userAgent());
        write(out, binding.stamp());
        out.writeBoolean(binding.removed());
    }

    private static Binding readBinding(DataInputStream in) throws IOException {
        return new Binding(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readInt(),
                in.readLong(),
                readTexts(in),
                readPlace(in),
                in.readUTF(),
                readStamp(in),
                in.readBoolean());
    }

    private static void write(DataOutputStream out, Stamp stamp) throws IOException {
        out.writeLong(stamp.time());
        out.writeUTF(stamp.node().value());
    }

    private static Stamp readStamp(DataInputStream in) throws IOException {
        return new Stamp(in.readLong(), new NodeId(in.readUTF()));
    }

    static void write(DataOutputStream out, Place place) throws IOException {
        out.writeUTF(place.node().value());
        out.writeLong(place.boot());
        out.writeUTF(place.transport().name());
        byte[] address = place.remote().getAddress().getAddress();
        out.writeByte(address.length);
        out.write(address);
        out.writeShort(place.remote().getPort());
        out.writeLong(place.connection());
    }

    static Place readPlace(DataInputStream in) throws IOException {
        NodeId node = new NodeId(in.readUTF());
        long boot = in.readLong();
        Transport transport = Transport.valueOf(in.readUTF());
        InetAddress address = InetAddress.getByAddress(in.readNBytes(in.readByte()));
        InetSocketAddress remote = new InetSocketAddress(address, in.readUnsignedShort());
        return new Place(node, boot, transport, remote, in.readLong());
    }
}
