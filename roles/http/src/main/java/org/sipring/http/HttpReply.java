package org.sipring.http;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status the HTTP status code
 * @param contentType the body's media type; empty where there is no body
 * @param fields further lines of its head
 * @param body the body; not to be modified
 * @param file is sent as the body instead, from its beginning, and closed, whether it could be sent or not
 */
public record HttpReply(
        int status, String contentType, List<HttpField> fields, byte[] body, Optional<FileChannel> file) {
    /** Copies the fields. */
    public HttpReply {
        fields = List.copyOf(fields);
    }

    /**
     * An answer without further lines in its head.
     *
     * @param status the HTTP status code
     * @param contentType the body's media type
     * @param body the body; not to be modified
     */
    public HttpReply(int status, String contentType, byte[] body) {
        this(status, contentType, List.of(), body, Optional.empty());
    }

    /**
     * What is too long for memory.
     *
     * @param contentType its media type
     * @param file sent from its beginning, and closed
     * @return the reply, with status 200
     */
    public static HttpReply file(String contentType, FileChannel file) {
        return new HttpReply(200, contentType, List.of(), new byte[0], Optional.of(file));
    }

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

    /**
     * Nothing but a head.
     *
     * @param status the HTTP status code
     * @return the reply
     */
    public static HttpReply empty(int status) {
        return new HttpReply(status, "", new byte[0]);
    }

    /**
     * With a further line in its head.
     *
     * @param name of the line
     * @param value of the line; not from strangers
     * @return the reply
     */
    public HttpReply with(String name, String value) {
        List<HttpField> more = new ArrayList<>(fields);
        more.add(new HttpField(name, value));
        return new HttpReply(status, contentType, more, body, file);
    }
}
