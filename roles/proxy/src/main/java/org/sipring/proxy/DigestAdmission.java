package org.sipring.proxy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.proxy.auth.Authenticator;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.core.Admission;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/**
 * Lets users call that have proved who they are.
 *
 * @param authenticate whether they need to; otherwise everybody is who it says
 * @param authenticator judges them; callable from any thread
 */
record DigestAdmission(boolean authenticate, Authenticator authenticator) implements Admission {
    @Override
    public CompletionStage<Verdict> judge(SipMessage request) {
        return authenticate
                ? authenticator.judgeRequest(request)
                : CompletableFuture.completedFuture(Verdict.Admitted.unproved(
                        request.from().sipUri().map(SipUri::aor).orElse("")));
    }
}
