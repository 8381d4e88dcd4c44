package org.sipring.store.mirror;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.sipring.store.command.Command;
import org.sipring.store.command.CommandCodec;
import org.sipring.store.command.Key;
import org.sipring.store.large.LargeCodec;

/** The format of questions; each subject has its own. */
final class QuestionCodec {
    private static final CommandCodec COMMANDS = new CommandCodec();

    private QuestionCodec() {}

    static byte[] encode(Question question) {
        if (question instanceof Question.Submit submit) {
            return COMMANDS.encode(submit.change());
        }
        return Frame.of(out -> write(out, question));
    }

    private static void write(DataOutputStream out, Question question) throws IOException {
        if (question instanceof Question.Since since) {
            Frame.write(out, since.mark());
            out.writeBoolean(since.waits());
        } else if (question instanceof Question.Page page) {
            out.writeLong(page.run());
            out.writeBoolean(page.after().isPresent());
            if (page.after().isPresent()) {
                Frame.write(out, page.after().get());
            }
        } else if (question instanceof Question.Describe describe) {
            LargeCodec.write(out, describe.name());
        } else if (question instanceof Question.Fetch fetch) {
            out.write(fetch.name().bytes());
        }
    }

    static Question.Since since(byte[] frame) {
        return Frame.read(frame, in -> new Question.Since(Frame.readMark(in), in.readBoolean()));
    }

    static Question.Page page(byte[] frame) {
        return Frame.read(frame, in -> new Question.Page(in.readLong(), readKey(in)));
    }

    private static Optional<Key> readKey(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(Frame.readKey(in)) : Optional.empty();
    }

    static Question.Describe describe(byte[] frame) {
        return Frame.read(frame, in -> new Question.Describe(LargeCodec.readName(in)));
    }

    static Question.Fetch fetch(byte[] frame) {
        return Frame.read(frame, in -> new Question.Fetch(LargeCodec.readChunkName(in)));
    }

    /** Nothing but what any node may ask for: what else is in the log, the replicas alone say. */
    static Question.Submit submit(byte[] frame) {
        if (COMMANDS.decode(frame) instanceof Command.Asked change) {
            return new Question.Submit(change);
        }
        throw new IllegalArgumentException("a command that no node may ask for");
    }

    static Question.Settle settle(byte[] frame) {
        return Frame.read(frame, in -> new Question.Settle());
    }
}
