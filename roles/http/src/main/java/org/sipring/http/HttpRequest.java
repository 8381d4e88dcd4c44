package org.sipring.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asks.
 *
 * @param method such as {@code GET}, as sent
 * @param target path and query, as sent. RFC 9112 section 3.2.1
 * @param fields the head's lines by their names in lower case; those of one name are one, RFC 9110 section 5.3
 * @param body not to be modified
 * @param oversize whether there was more body than the service wants: it was not read, and the body here is empty
 * @param peer who asks
 */
public record HttpRequest(
        String method, String target, Map<String, String> fields, byte[] body, boolean oversize, HttpPeer peer) {
    /** Copies the fields. */
    public HttpRequest {
        fields = Map.copyOf(fields);
    }

    /**
     * What is asked for.
     *
     * @return what stands before the question mark, as sent
     */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /**
     * How it is asked for.
     *
     * @return what follows the question mark, as sent; empty when there is none
     */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /**
     * A line of the head.
     *
     * @param name in any case
     * @return its value
     */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
    }

    /** With what came after the head. */
    HttpRequest with(byte[] content, boolean tooMuch) {
        return new HttpRequest(method, target, fields, content, tooMuch, peer);
    }
}
