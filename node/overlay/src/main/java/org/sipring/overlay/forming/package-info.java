/**
 * Before Hazelcast: whether this node joins a live member, forms the platform again with others that wait, or waits.
 * {@link org.sipring.overlay.forming.Forming} decides; the rest finds out.
 */
@NullMarked
package org.sipring.overlay.forming;

import org.jspecify.annotations.NullMarked;
