/** Messages between nodes, as one Hazelcast operation. */
@NullMarked
package org.sipring.overlay.message;

import org.jspecify.annotations.NullMarked;
