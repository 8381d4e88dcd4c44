package org.sipring.store.mirror;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.sipring.api.Codec;
import org.sipring.store.command.Answer;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.LargeCodec;

/** The format of replies: a byte says which it is. */
final class ReplyCodec implements Codec<Reply> {
    private static final int REFUSED = 1;
    private static final int ANEW = 2;
    private static final int CHANGES = 3;
    private static final int PAGE = 4;
    private static final int DONE = 5;
    private static final int SETTLED = 6;
    private static final int DESCRIBED = 7;
    private static final int FETCHED = 8;

    @Override
    public byte[] encode(Reply reply) {
        return Frame.of(out -> write(out, reply));
    }

    private static void write(DataOutputStream out, Reply reply) throws IOException {
        if (reply instanceof Reply.Refused refused) {
            out.writeByte(REFUSED);
            out.writeUTF(refused.why());
        } else if (reply instanceof Reply.Anew anew) {
            out.writeByte(ANEW);
            Frame.write(out, anew.mark());
        } else if (reply instanceof Reply.Changes changes) {
            out.writeByte(CHANGES);
            Frame.write(out, changes.mark());
            Frame.write(out, changes.changes());
        } else if (reply instanceof Reply.Page page) {
            out.writeByte(PAGE);
            out.writeBoolean(page.last());
            Frame.write(out, page.documents());
        } else if (reply instanceof Reply.Done done) {
            out.writeByte(DONE);
            out.writeBoolean(done.answer().applied());
            out.writeLong(done.answer().revision());
            Frame.write(out, done.mark());
        } else if (reply instanceof Reply.Settled settled) {
            out.writeByte(SETTLED);
            Frame.write(out, settled.mark());
        } else {
            writeLarge(out, reply);
        }
    }

    private static void writeLarge(DataOutputStream out, Reply reply) throws IOException {
        if (reply instanceof Reply.Described described) {
            out.writeByte(DESCRIBED);
            out.writeBoolean(described.manifest().isPresent());
            if (described.manifest().isPresent()) {
                LargeCodec.write(out, described.manifest().get());
            }
        } else if (reply instanceof Reply.Fetched fetched) {
            out.writeByte(FETCHED);
            out.writeBoolean(fetched.chunk().isPresent());
            if (fetched.chunk().isPresent()) {
                Frame.write(out, fetched.chunk().get());
            }
        }
    }

    @Override
    public Reply decode(byte[] frame) {
        return Frame.read(frame, ReplyCodec::read);
    }

    private static Reply read(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        return switch (type) {
            case REFUSED -> new Reply.Refused(in.readUTF());
            case ANEW -> new Reply.Anew(Frame.readMark(in));
            case CHANGES -> new Reply.Changes(Frame.readMark(in), Frame.readChanges(in));
            case PAGE -> readPage(in);
            case DONE -> new Reply.Done(new Answer(in.readBoolean(), in.readLong()), Frame.readMark(in));
            case SETTLED -> new Reply.Settled(Frame.readMark(in));
            case DESCRIBED -> readDescribed(in);
            case FETCHED -> readFetched(in);
            default -> throw new IllegalArgumentException("a reply of type " + type + ", which nobody writes");
        };
    }

    private static Reply readDescribed(DataInputStream in) throws IOException {
        return new Reply.Described(in.readBoolean() ? Optional.of(LargeCodec.readManifest(in)) : Optional.empty());
    }

    private static Reply readFetched(DataInputStream in) throws IOException {
        return new Reply.Fetched(
                in.readBoolean() ? Optional.of(Frame.readBytes(in, ChunkName.LONGEST)) : Optional.empty());
    }

    private static Reply readPage(DataInputStream in) throws IOException {
        boolean last = in.readBoolean();
        return new Reply.Page(Frame.readChanges(in), last);
    }
}
