package org.sipring.overlay.table;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.overlay.table.Envelope.Remembered;

/**
 * The formats of what travels between the owners of tables, each with a version octet in front. Serializers are handed
 * this node's {@link Owner}, so that what arrives knows where it is without any static state.
 */
final class Formats {
    private static final int FIRST_TYPE = 7600;
    private static final byte VERSION = 1;

    private Formats() {}

    static void register(SerializationConfig config, Owner owner) {
        add(config, Envelope.class, new EnvelopeFormat());
        add(config, UpdateProcessor.class, new UpdateFormat(owner));
        add(config, InstallProcessor.class, new InstallFormat(owner));
        add(config, ReadProcessor.class, new ReadFormat(owner));
    }

    private static <T> void add(SerializationConfig config, Class<T> type, StreamSerializer<T> format) {
        config.addSerializerConfig(new SerializerConfig().setTypeClass(type).setImplementation(format));
    }

    private static void writeEnvelope(ObjectDataOutput out, Envelope envelope) throws IOException {
        out.writeByte(VERSION);
        out.writeString(envelope.table());
        out.writeByteArray(envelope.value());
        out.writeLong(envelope.expires());
        out.writeLong(envelope.stamp().time());
        out.writeString(envelope.stamp().node().value());
        out.writeInt(envelope.remembered().size());
        for (Remembered past : envelope.remembered()) {
            out.writeString(past.requestId());
            out.writeLong(past.time());
            out.writeByteArray(past.answer());
        }
    }

    private static Envelope readEnvelope(ObjectDataInput in) throws IOException {
        checkVersion(in);
        String table = text(in);
        byte[] value = in.readByteArray();
        long expires = in.readLong();
        Stamp stamp = new Stamp(in.readLong(), new NodeId(text(in)));
        int count = in.readInt();
        List<Remembered> remembered = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            remembered.add(new Remembered(text(in), in.readLong(), bytes(in)));
        }
        return new Envelope(table, value, expires, stamp, remembered);
    }

    private static void checkVersion(ObjectDataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("table format " + version + ": this release reads " + VERSION + ", update this node");
        }
    }

    private static String text(ObjectDataInput in) throws IOException {
        return Objects.requireNonNull(in.readString());
    }

    private static byte[] bytes(ObjectDataInput in) throws IOException {
        return Objects.requireNonNull(in.readByteArray());
    }

    private static final class EnvelopeFormat implements StreamSerializer<Envelope> {
        @Override
        public int getTypeId() {
            return FIRST_TYPE;
        }

        @Override
        public void write(ObjectDataOutput out, Envelope envelope) throws IOException {
            writeEnvelope(out, envelope);
        }

        @Override
        public Envelope read(ObjectDataInput in) throws IOException {
            return readEnvelope(in);
        }
    }

    private record UpdateFormat(Owner owner) implements StreamSerializer<UpdateProcessor> {
        @Override
        public int getTypeId() {
            return FIRST_TYPE + 1;
        }

        @Override
        public void write(ObjectDataOutput out, UpdateProcessor processor) throws IOException {
            Update update = processor.update();
            out.writeByte(VERSION);
            out.writeString(update.table());
            out.writeString(update.rule());
            out.writeByteArray(update.argument());
            out.writeString(update.requestId());
        }

        @Override
        public UpdateProcessor read(ObjectDataInput in) throws IOException {
            checkVersion(in);
            return new UpdateProcessor(owner, new Update(text(in), text(in), bytes(in), text(in)));
        }
    }

    private record InstallFormat(Owner owner) implements StreamSerializer<InstallProcessor> {
        @Override
        public int getTypeId() {
            return FIRST_TYPE + 2;
        }

        @Override
        public void write(ObjectDataOutput out, InstallProcessor processor) throws IOException {
            writeEnvelope(out, processor.envelope());
        }

        @Override
        public InstallProcessor read(ObjectDataInput in) throws IOException {
            return new InstallProcessor(owner, readEnvelope(in));
        }
    }

    private record ReadFormat(Owner owner) implements StreamSerializer<ReadProcessor> {
        @Override
        public int getTypeId() {
            return FIRST_TYPE + 3;
        }

        @Override
        public void write(ObjectDataOutput out, ReadProcessor processor) throws IOException {
            out.writeByte(VERSION);
        }

        @Override
        public ReadProcessor read(ObjectDataInput in) throws IOException {
            checkVersion(in);
            return new ReadProcessor(owner);
        }
    }
}
