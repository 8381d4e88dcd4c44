package org.sipring.dns;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.api.Codec;
import org.sipring.api.NodeId;

/** The bytes of a {@link DnsState} between nodes. Format 1. */
final class DnsStateCodec implements Codec<DnsState> {
    private static final int FORMAT = 1;
    private static final int MOST_ALARMS = 64;

    /** The longest text that is sent; the modified UTF-8 of {@link DataOutputStream#writeUTF} ends at 65,535. */
    private static final int LONGEST = 8192;

    @Override
    public byte[] encode(DnsState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(state, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DnsState state, DataOutputStream out) throws IOException {
        out.writeByte(FORMAT);
        out.writeUTF(state.reporter().value());
        out.writeUTF(state.holder().map(NodeId::value).orElse(""));
        out.writeLong(state.epoch());
        out.writeLong(state.seq());
        out.writeUTF(state.lastSuccess().map(Instant::toString).orElse(""));
        out.writeUTF(cut(state.activity()));
        out.writeBoolean(state.inSync());
        out.writeByte(state.alarms().size());
        for (Alarm alarm : state.alarms()) {
            out.writeUTF(alarm.kind().name());
            out.writeUTF(alarm.since().toString());
            out.writeUTF(cut(alarm.text()));
        }
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    @Override
    public DnsState decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("DNS state of format " + format + ": this release reads format 1");
            }
            return read(in);
        } catch (IOException | DateTimeException broken) {
            throw new IllegalArgumentException("no DNS state", broken);
        }
    }

    private static DnsState read(DataInputStream in) throws IOException {
        NodeId reporter = new NodeId(in.readUTF());
        Optional<NodeId> holder = filled(in.readUTF()).map(NodeId::new);
        long epoch = in.readLong();
        long seq = in.readLong();
        Optional<Instant> lastSuccess = filled(in.readUTF()).map(Instant::parse);
        String activity = in.readUTF();
        boolean inSync = in.readBoolean();
        return new DnsState(reporter, holder, epoch, seq, lastSuccess, activity, inSync, alarms(in));
    }

    private static List<Alarm> alarms(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        if (count > MOST_ALARMS) {
            throw new IllegalArgumentException("a DNS state with " + count + " alarms");
        }
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            alarms.add(new Alarm(Alarm.Kind.valueOf(in.readUTF()), Instant.parse(in.readUTF()), in.readUTF()));
        }
        return alarms;
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
