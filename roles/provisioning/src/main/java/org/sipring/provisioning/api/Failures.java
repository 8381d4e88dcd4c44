package org.sipring.provisioning.api;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.sipring.accounts.AddressTakenException;
import org.sipring.accounts.ChangedMeanwhileException;
import org.sipring.accounts.MalformedDocumentException;
import org.sipring.api.StoreNotOpenException;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller hears where something failed that nobody was asked about. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final String LATER = "5";

    private Failures() {}

    static HttpReply reply(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof AddressTakenException || cause instanceof ChangedMeanwhileException) {
            return new Problem(409, String.valueOf(cause.getMessage())).reply();
        }
        if (cause instanceof TimeoutException) {
            return later("the store does not answer: it may or may not have been done; ask again later");
        }
        if (cause instanceof StoreNotOpenException) {
            return later("this node cannot read the accounts at the moment: ask another node, or again later");
        }
        if (cause instanceof MalformedDocumentException) {
            LOG.warn("a request could not be answered: {}", cause.getMessage());
            return new Problem(500, String.valueOf(cause.getMessage())).reply();
        }
        LOG.warn("a request could not be answered", failure);
        return new Problem(500, "something is broken; the node's log says what").reply();
    }

    // RFC 9110 section 15.6.4.
    static HttpReply later(String detail) {
        return new Problem(503, detail).reply().with("Retry-After", LATER);
    }
}
