package org.sipring.proxy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.proxy.auth.Authenticator;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.core.Admission;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Flow;

/**
 * Lets users call that have proved who they are.
 *
 * @param authenticate whether they need to; otherwise everybody is who it says
 * @param authenticator judges them; callable from any thread
 */
record DigestAdmission(boolean authenticate, Authenticator authenticator) implements Admission {
    @Override
    public CompletionStage<Verdict> judge(SipMessage request, Flow from) {
        return authenticate
                ? authenticator.judgeRequest(request, from)
                : CompletableFuture.completedFuture(Verdict.Admitted.unproved(
                        request.from().sipUri().map(SipUri::aor).orElse("")));
    }
}
