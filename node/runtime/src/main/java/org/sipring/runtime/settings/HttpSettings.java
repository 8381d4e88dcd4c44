package org.sipring.runtime.settings;

/**
 * Where health, metrics and status are.
 *
 * @param port without TLS
 */
public record HttpSettings(int port) {
    static HttpSettings read(Section section) {
        return new HttpSettings(section.port("port"));
    }
}
