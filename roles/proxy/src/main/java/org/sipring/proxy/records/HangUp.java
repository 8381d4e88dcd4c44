package org.sipring.proxy.records;

import java.time.Instant;
import java.util.Optional;
import org.sipring.sip.SipMessage;

/**
 * A BYE.
 *
 * @param when it came
 * @param reason its Reason
 */
record HangUp(Instant when, Optional<String> reason) {
    static HangUp of(SipMessage bye, Instant when) {
        return new HangUp(when, bye.header("Reason"));
    }

    /** Whether a call has ended whose BYE is answered so. */
    static boolean ends(int status) {
        // A phone that refuses it otherwise goes on talking; one that does not know the dialog, or is gone, does not.
        return status < 300 || status == 408 || status == 430 || status == 480 || status == 481;
    }
}
