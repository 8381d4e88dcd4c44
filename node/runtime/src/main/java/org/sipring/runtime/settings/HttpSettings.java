package org.sipring.runtime.settings;

/**
 * Where health, metrics and status are.
 *
 * @param port without TLS
 */
public record HttpSettings(int port) {
    /** The default, where commands and the demo ask nodes. */
    public static final int PORT = 9464;

    static HttpSettings read(Section section) {
        return new HttpSettings(section.port("port"));
    }
}
