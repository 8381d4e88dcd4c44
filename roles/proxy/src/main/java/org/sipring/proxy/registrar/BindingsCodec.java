package org.sipring.proxy.registrar;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.proxy.edge.FlowRef;

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
        writeTexts(out, binding.origin().path());
        binding.origin().flow().write(out);
        out.writeUTF(binding.origin().userAgent());
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
                readOrigin(in),
                readStamp(in),
                in.readBoolean());
    }

    // Another order than in a registration's format: both are in use.
    private static Origin readOrigin(DataInputStream in) throws IOException {
        List<String> path = readTexts(in);
        return new Origin(FlowRef.read(in), path, in.readUTF());
    }

    private static void write(DataOutputStream out, Stamp stamp) throws IOException {
        out.writeLong(stamp.time());
        out.writeUTF(stamp.node().value());
    }

    private static Stamp readStamp(DataInputStream in) throws IOException {
        return new Stamp(in.readLong(), new NodeId(in.readUTF()));
    }
}
