package org.sipring.http;

import java.util.concurrent.CompletionStage;

/** Answers requests. Called on the HTTP thread, so it must not block. */
public interface HttpService {
    /**
     * How much body a request may have. Asked when its head is there: who is known may be given more.
     *
     * @param head the request, its body still empty
     * @return the most bytes
     */
    int bodyBytes(HttpRequest head);

    /**
     * Answers.
     *
     * @param request may have had more body than wanted, see {@link HttpRequest#oversize}
     * @return the reply; may complete later, elsewhere. To HEAD it is the one to GET: its body is left out
     */
    CompletionStage<HttpReply> answer(HttpRequest request);
}
