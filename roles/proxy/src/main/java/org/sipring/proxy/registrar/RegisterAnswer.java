package org.sipring.proxy.registrar;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sipring.sip.Status;

/**
 * What the owner of an address-of-record decided.
 *
 * @param status 200, or the status code of a refusal
 * @param reason the reason phrase
 * @param contacts what is bound now
 */
record RegisterAnswer(int status, String reason, List<Bound> contacts) {
    static final Format<RegisterAnswer> FORMAT = new AnswerFormat();

    RegisterAnswer {
        contacts = List.copyOf(contacts);
    }

    static RegisterAnswer refused(int status, String reason) {
        return new RegisterAnswer(status, reason, List.of());
    }

    static RegisterAnswer of(Bindings bindings, Instant now) {
        List<Bound> contacts = new ArrayList<>(bindings.all().size());
        bindings.live(now).forEach(binding -> contacts.add(Bound.of(binding, now)));
        return new RegisterAnswer(200, Status.reason(200), contacts);
    }

    boolean accepted() {
        return status == 200;
    }

    /** A binding as a Contact shows it. Its seconds are counted by the owner: clocks may differ. */
    record Bound(String uri, String params, int seconds) {
        static Bound of(Binding binding, Instant now) {
            long left = binding.expires() - now.toEpochMilli();
            // Rounded up: a binding never shows shorter than what was asked for and granted.
            return new Bound(binding.contact(), binding.params(), (int) ((left + 999) / 1000));
        }

        @Override
        public String toString() {
            return '<' + uri + '>' + params + ";expires=" + seconds;
        }
    }

    private static final class AnswerFormat extends Format<RegisterAnswer> {
        @Override
        void write(DataOutputStream out, RegisterAnswer answer) throws IOException {
            out.writeShort(answer.status);
            out.writeUTF(answer.reason);
            out.writeShort(answer.contacts.size());
            for (Bound bound : answer.contacts) {
                out.writeUTF(bound.uri);
                out.writeUTF(bound.params);
                out.writeInt(bound.seconds);
            }
        }

        @Override
        RegisterAnswer read(DataInputStream in) throws IOException {
            int status = in.readUnsignedShort();
            String reason = in.readUTF();
            List<Bound> contacts = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                contacts.add(new Bound(in.readUTF(), in.readUTF(), in.readInt()));
            }
            return new RegisterAnswer(status, reason, contacts);
        }
    }
}
