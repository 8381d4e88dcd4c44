package org.sipring.proxy.registrar;

import java.time.Duration;
import java.util.regex.Pattern;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.Expiry;
import org.sipring.sip.NameAddr;
import org.sipring.sip.Params;
import org.sipring.sip.SipMessage;

/**
 * Reads the contacts of one REGISTER, and decides how long each lasts. Pure. RFC 3261 section 10.3 step 7, RFC 5626
 * section 6.
 *
 * @param settings what the registrar allows
 * @param request the REGISTER
 * @param flow where it came from
 */
record ContactReader(RegistrarSettings settings, SipMessage request, FlowRef flow) {
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7e]+");
    private static final int MIXER = 0x9e37_79b1;
    private static final Pattern SIP = Pattern.compile("(?i)sips?:.*");

    static boolean malformed(NameAddr contact) {
        return (contact.sipUri().isEmpty() && !otherScheme(contact.uri()))
                || contact.uri().length() > RegisterReader.LONGEST
                || contact.params().toString().length() > RegisterReader.LONGEST;
    }

    /** RFC 3261 section 10.2.1: a contact may be of any scheme. */
    private static boolean otherScheme(String uri) {
        return ABSOLUTE.matcher(uri).matches() && !SIP.matcher(uri).matches();
    }

    /** Whether a contact is to last, but for less than the registrar allows. */
    boolean tooBrief(NameAddr contact) {
        int seconds = asked(contact);
        return seconds > 0 && seconds < settings.minimum().toSeconds();
    }

    Registration.Wish wish(NameAddr contact) {
        Params params = contact.params().without("expires");
        boolean outbound = Outbound.asked(request, contact);
        // RFC 5626 section 6: without all that belongs to it, a reg-id says nothing.
        Params kept = outbound ? params : params.without(Outbound.REG_ID);
        return new Registration.Wish(contact.uri(), kept.toString(), granted(contact));
    }

    private int granted(NameAddr contact) {
        boolean natted = BehindNat.holds(request, contact, flow.remote().getAddress());
        Duration longest = natted ? settings.natted() : settings.maximum();
        return spread((int) Math.min(asked(contact), longest.toSeconds()));
    }

    /** RFC 3261 section 10.3 step 7 lets a registrar grant less. Each REGISTER of a phone is granted something else. */
    private int spread(int seconds) {
        int mixed = ((request.callId().hashCode() * 31 + (int) request.cseq().number()) * MIXER) >>> Short.SIZE;
        long less = ((long) seconds * settings.spread() * mixed / 100) >> Short.SIZE;
        return (int)
                Math.max(seconds - less, Math.min(seconds, settings.minimum().toSeconds()));
    }

    /** In seconds; 0 removes the contact. */
    private int asked(NameAddr contact) {
        int otherwise = request.expires().orElse((int) settings.usual().toSeconds());
        return contact.params().value("expires").map(Expiry::seconds).orElse(otherwise);
    }
}
