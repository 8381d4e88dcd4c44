package org.sipring.proxy.registrar;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.sipring.proxy.edge.FlowRef;

/**
 * What a sound REGISTER asks for: the argument of {@link RegisterRule}.
 *
 * @param callId its Call-ID
 * @param cseq its CSeq number
 * @param star whether all bindings are to go
 * @param contacts what is to be bound or, with 0 seconds, removed
 * @param origin where it came from
 * @param limits what the registrar allows
 */
record Registration(String callId, long cseq, boolean star, List<Wish> contacts, Origin origin, Limits limits) {
    static final Format<Registration> FORMAT = new RegistrationFormat();

    Registration {
        contacts = List.copyOf(contacts);
    }

    /** A contact, its parameters but {@code expires}, and how long it shall last, in seconds. */
    record Wish(String uri, String params, int seconds) {}

    /** How many bindings an address-of-record may have, and how long a removal is remembered, in seconds. */
    record Limits(int bindings, int memory) {}

    /** The same, of somebody who may have so many bindings, where that is less. */
    Registration atMost(OptionalInt most) {
        return most.isEmpty() || most.getAsInt() >= limits.bindings
                ? this
                : new Registration(callId, cseq, star, contacts, origin, new Limits(most.getAsInt(), limits.memory));
    }

    private static final class RegistrationFormat extends Format<Registration> {
        @Override
        void write(DataOutputStream out, Registration registration) throws IOException {
            out.writeUTF(registration.callId);
            out.writeInt((int) registration.cseq);
            out.writeBoolean(registration.star);
            out.writeByte(registration.contacts.size());
            for (Wish wish : registration.contacts) {
                out.writeUTF(wish.uri);
                out.writeUTF(wish.params);
                out.writeInt(wish.seconds);
            }
            registration.origin.flow().write(out);
            writeTexts(out, registration.origin.path());
            out.writeUTF(registration.origin.userAgent());
            out.writeShort(registration.limits.bindings);
            out.writeInt(registration.limits.memory);
        }

        @Override
        Registration read(DataInputStream in) throws IOException {
            return new Registration(
                    in.readUTF(),
                    in.readInt(),
                    in.readBoolean(),
                    readWishes(in),
                    new Origin(FlowRef.read(in), readTexts(in), in.readUTF()),
                    new Limits(in.readUnsignedShort(), in.readInt()));
        }

        private static List<Wish> readWishes(DataInputStream in) throws IOException {
            List<Wish> wishes = new ArrayList<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                wishes.add(new Wish(in.readUTF(), in.readUTF(), in.readInt()));
            }
            return wishes;
        }
    }
}
