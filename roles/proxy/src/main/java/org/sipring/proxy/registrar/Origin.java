package org.sipring.proxy.registrar;

import java.util.List;
import org.sipring.proxy.edge.FlowRef;

/**
 * Where a REGISTER came from, and so which way leads to its phone.
 *
 * @param flow the flow between the edge and the phone, or the nearest of the hops between them
 * @param path the hops between the edge and the phone, nearest to the edge first; mostly none. RFC 3327
 * @param userAgent what the phone calls itself; may be empty
 */
public record Origin(FlowRef flow, List<String> path, String userAgent) {
    /** Copies the path. */
    public Origin {
        path = List.copyOf(path);
    }

    /** What is remembered of it when its contact was removed. */
    Origin removed() {
        return new Origin(flow, List.of(), "");
    }
}
