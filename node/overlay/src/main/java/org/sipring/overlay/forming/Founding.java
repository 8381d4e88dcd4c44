package org.sipring.overlay.forming;

import java.io.IOException;

/** Notes that a new platform begins with this node. */
@FunctionalInterface
public interface Founding {
    /**
     * Notes it durably, before anybody hears of the platform. It may yet come to nothing: only once this node is on it, the
     * platform exists.
     *
     * @param platform the new platform's id
     * @throws IOException when it cannot be noted; the platform is not made
     */
    void note(String platform) throws IOException;
}
