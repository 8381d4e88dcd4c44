package org.sipring.runtime.http;

import java.nio.charset.StandardCharsets;

/**
 * An answer.
 *
 * @param status the HTTP status code
 * @param contentType the body's media type
 * @param body the body; not to be modified
 */
public record HttpReply(int status, String contentType, byte[] body) {
    /**
     * A line of plain text.
     *
     * @param status the HTTP status code
     * @param line without line end
     * @return the reply
     */
    public static HttpReply text(int status, String line) {
        return new HttpReply(status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A JSON document.
     *
     * @param body the document in UTF-8
     * @return the reply, with status 200
     */
    public static HttpReply json(byte[] body) {
        return new HttpReply(200, "application/json", body);
    }
}
