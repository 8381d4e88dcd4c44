package org.sipring.proxy.registrar;

import org.sipring.api.Stamp;

/**
 * The memory of a {@code Contact: *}: no binding that was written before it comes back from the other side of a
 * partition.
 *
 * @param stamp when it was
 * @param forgetAt when no such binding can be left, in milliseconds since 1970
 */
public record Cleared(Stamp stamp, long forgetAt) {}
