package org.sipring.http;

/**
 * A line of a message's head. RFC 9110 section 5.
 *
 * @param name such as {@code ETag}
 * @param value without line ends
 */
public record HttpField(String name, String value) {}
