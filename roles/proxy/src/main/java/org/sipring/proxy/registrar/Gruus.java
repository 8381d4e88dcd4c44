package org.sipring.proxy.registrar;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sipring.api.Chance;
import org.sipring.proxy.keys.Keys;
import org.sipring.proxy.keys.Purpose;
import org.sipring.proxy.keys.Veil;
import org.sipring.sip.SipUri;

/**
 * Writes and reads GRUUs: URIs that lead to one phone of a user, whichever node hears of them. RFC 5627 section 5.4.
 * Nothing is kept of one. A public GRUU says what it is made of; the user part of a temporary one hides, from all but the
 * nodes,
 *
 * <pre>
 *  random(8) instance hash(4) Call-ID hash(4) address-of-record
 * </pre>
 *
 * Callable from any thread.
 */
public final class Gruus {
    /** The parameter that makes a URI a GRUU; a temporary one's has no value. */
    public static final String PARAM = "gr";

    private static final String TEMPORARY = "tgruu.";
    private static final int LONGEST = 600;
    private static final int RANDOM_BYTES = 8;
    private static final int HEAD_BYTES = RANDOM_BYTES + 2 * Integer.BYTES;

    private final Veil veil;
    private final Chance chance;

    /**
     * GRUUs under the platform's keys.
     *
     * @param keys kept for as long as a temporary GRUU is good at most
     * @param chance makes two temporary GRUUs of one phone differ
     */
    public Gruus(Keys keys, Chance chance) {
        veil = new Veil(keys, Purpose.GRUU, LONGEST);
        this.chance = chance;
    }

    /** The public GRUU of a phone, the same at all times. */
    SipUri open(String aor, String instance) {
        return uri(user(aor), aor).withText(PARAM, name(instance));
    }

    /** A temporary GRUU of a phone, another each time: it tells nobody whose it is. RFC 5627 section 3.1.2. */
    SipUri temporary(String aor, String instance, String callId) {
        byte[] text = aor.getBytes(StandardCharsets.UTF_8);
        byte[] content = ByteBuffer.allocate(HEAD_BYTES + text.length)
                .put(chance.bytes(RANDOM_BYTES))
                .putInt(instance.hashCode())
                .putInt(callId.hashCode())
                .put(text)
                .array();
        return uri(TEMPORARY + veil.hide(content, ""), aor).with(PARAM, null);
    }

    private static SipUri uri(String user, String aor) {
        return SipUri.of(user, aor.substring(aor.lastIndexOf('@') + 1), -1);
    }

    private static String user(String address) {
        return address.substring(0, address.lastIndexOf('@'));
    }

    // RFC 5627 section 5.4: the instance, an URN, without the brackets that the Contact writes around it.
    private static String name(String instance) {
        return instance.startsWith("<") && instance.endsWith(">")
                ? instance.substring(1, instance.length() - 1)
                : instance;
    }

    /**
     * Reads a GRUU.
     *
     * @param address its user and domain, such as {@code alice@sipring.test}
     * @param name the value of its {@link #PARAM}; empty for none
     * @return what it names; empty when no node wrote it, or too long ago
     */
    public Optional<Gruu> read(String address, String name) {
        return name.isEmpty() ? hidden(user(address)) : Optional.of(shown(address, name));
    }

    private static Gruu shown(String aor, String name) {
        return new Gruu(
                aor,
                // RFC 3261 section 19.1.4: parameters of URIs do not tell cases apart.
                binding -> binding.instance()
                        .filter(instance -> name(instance).equalsIgnoreCase(name))
                        .isPresent(),
                bindings -> true);
    }

    private Optional<Gruu> hidden(String user) {
        return user.startsWith(TEMPORARY)
                ? veil.read(user.substring(TEMPORARY.length()), "").map(Gruus::hidden)
                : Optional.empty();
    }

    private static Gruu hidden(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content).position(RANDOM_BYTES);
        int instance = in.getInt();
        int callId = in.getInt();
        return new Gruu(
                StandardCharsets.UTF_8.decode(in).toString(),
                binding -> binding.instance().map(String::hashCode).equals(Optional.of(instance)),
                // RFC 5627 section 5.1: a phone that starts its Call-ID anew ends all that it had.
                bindings ->
                        bindings.stream().anyMatch(binding -> binding.callId().hashCode() == callId));
    }
}
