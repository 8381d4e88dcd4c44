package org.sipring.proxy.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.sip.SipUri;

/**
 * What is known of one call attempt: an INVITE outside dialogs whose sender proved who it is, or was let in. A call that is
 * answered has two states, of which the later holds all of the earlier; every other attempt has one.
 *
 * @param state how far it went
 * @param dialog which call
 * @param caller who called
 * @param callee the Request-URI as it was asked for, without parameters
 * @param times when
 * @param outcome how it went
 * @param forwards how it went on from user to user; the last of them pays for the way from there
 * @param nodes the node that worked on the INVITE, and the one that held the callee's flow
 */
public record CallRecord(
        State state,
        Dialog dialog,
        Caller caller,
        String callee,
        Times times,
        Outcome outcome,
        List<Forward> forwards,
        List<NodeId> nodes) {
    /** Of each text that strangers write so many characters are kept. */
    static final int LONGEST_TEXT = 256;

    /** Copies the nodes, and cuts what is endless. */
    public CallRecord {
        callee = cut(callee);
        forwards = List.copyOf(forwards);
        nodes = List.copyOf(nodes);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** How far a call went. */
    public enum State {
        /** It was answered, and goes on. */
        ANSWERED,
        /** Nothing follows. */
        OVER,
        /** Its end alone, seen by a node in place of the one that has the rest, or whose memory of it is lost. */
        END_ONLY
    }

    /** How it ended. */
    public enum Ending {
        /** Not yet. */
        NONE,
        /** With a final response other than 2xx. */
        REFUSED,
        /** By a BYE of the caller. */
        CALLER,
        /** By a BYE of the callee. */
        CALLEE,
        /** By a BYE of the caller that the callee never confirmed: the caller may have talked on. */
        UNCONFIRMED,
        /** Nobody refreshed the session in time, RFC 4028. */
        SESSION_EXPIRED,
        /** No BYE came by for so long that nobody waits for one any more. */
        UNKNOWN
    }

    /**
     * Which call.
     *
     * @param callId the Call-ID
     * @param fromTag the caller's tag; of an {@link State#END_ONLY} that of whoever sent the BYE
     * @param toTag the other's; empty where there is none
     */
    public record Dialog(String callId, String fromTag, String toTag) {
        /** Cuts what is endless. */
        public Dialog {
            callId = cut(callId);
            fromTag = cut(fromTag);
            toTag = cut(toTag);
        }

        /** Whether nothing was cut, so that a request of the dialog can be known by it. */
        boolean whole() {
            return Math.max(callId.length(), Math.max(fromTag.length(), toTag.length())) < LONGEST_TEXT;
        }
    }

    /**
     * Who called.
     *
     * @param address the address-of-record of its account, or what From says
     * @param proved whether it proved to be that
     */
    public record Caller(String address, boolean proved) {
        /** Cuts what is endless. */
        public Caller {
            address = cut(address);
        }
    }

    /**
     * A user of ours who has the call go elsewhere, and pays for it from there on.
     *
     * @param by the user's address-of-record
     * @param to where, as a URI without parameters
     * @param cause why, as a {@code cause} parameter of RFC 4458 says it: 302 always, 486 busy, 408 no answer, 404 no phone,
     *     503 none that can be reached
     */
    public record Forward(String by, String to, int cause) {
        /** Cuts what is endless. */
        public Forward {
            by = cut(by);
            to = cut(to);
        }

        /**
         * As billing wants it: without what else a URI may hold.
         *
         * @param by the user's address-of-record
         * @param to where
         * @param cause why
         * @return the forward
         */
        public static Forward of(String by, SipUri to, int cause) {
            return new Forward(by, plain(to), cause);
        }
    }

    /** A URI as billing wants it: without what else it may hold. */
    static String plain(SipUri uri) {
        return (uri.secure() ? "sips:" : "sip:") + uri.aor();
    }

    /**
     * When, by the clock of the node that tells.
     *
     * @param start the INVITE came
     * @param answer the first 2xx went to the caller
     * @param end the BYE came, or the final response went to the caller; empty where nobody knows. Of
     *     {@link Ending#UNCONFIRMED} it is what the caller says
     */
    public record Times(Optional<Instant> start, Optional<Instant> answer, Optional<Instant> end) {}

    /**
     * How it went.
     *
     * @param status the final response to the INVITE that the caller was told; of {@link State#END_ONLY} that to the BYE
     * @param reason the Reason of that response, or of the BYE (RFC 3326), such as {@code Q.850;cause=16}
     * @param ending how it ended
     */
    public record Outcome(int status, Optional<String> reason, Ending ending) {
        /** Cuts what is endless. */
        public Outcome {
            reason = reason.map(CallRecord::cut);
        }
    }

    /** The same call, ended. */
    CallRecord over(Ending ending, Optional<Instant> end, Optional<String> reason) {
        return new CallRecord(
                State.OVER,
                dialog,
                caller,
                callee,
                new Times(times.start(), times.answer(), end),
                new Outcome(outcome.status(), reason, ending),
                forwards,
                nodes);
    }
}
