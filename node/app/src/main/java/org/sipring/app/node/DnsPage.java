package org.sipring.app.node;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.sipring.dns.DnsDesk;
import org.sipring.http.HttpPage;
import org.sipring.http.HttpReply;

/** The zone over HTTP, as the manager reads it: 200 when it is as it should be, 503 when it is not. */
final class DnsPage implements HttpPage {
    private static final int GOOD = 200;
    private static final int BAD = 503;

    private final DnsDesk desk;
    private final DnsDesk.Question question;

    DnsPage(DnsDesk desk, DnsDesk.Question question) {
        this.desk = desk;
        this.question = question;
    }

    @Override
    public CompletionStage<HttpReply> get(String query) {
        return desk.ask(question)
                .thenApply(answer -> HttpReply.text(answer.good() ? GOOD : BAD, answer.text()))
                .exceptionally(failure -> HttpReply.text(BAD, "the zone cannot be read: " + reason(failure)));
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return String.valueOf((failure instanceof CompletionException && cause != null ? cause : failure).getMessage());
    }
}
