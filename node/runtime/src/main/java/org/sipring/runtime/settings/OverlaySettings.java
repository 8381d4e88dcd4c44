package org.sipring.runtime.settings;

import java.util.List;

/**
 * How the node meets the others.
 *
 * @param port where they connect, mutual TLS
 * @param seeds nodes to try beside those that DNS and the remembered roster name
 */
public record OverlaySettings(int port, List<HostPort> seeds) {
    /** Copies the seeds. */
    public OverlaySettings {
        seeds = List.copyOf(seeds);
    }

    static OverlaySettings read(Section section) {
        int port = section.port("port");
        return new OverlaySettings(port, section.servers("seeds", port));
    }
}
