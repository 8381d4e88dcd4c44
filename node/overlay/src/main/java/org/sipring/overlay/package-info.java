/** The mutually authenticated network of nodes on Hazelcast: membership, tables, messages. */
@NullMarked
package org.sipring.overlay;

import org.jspecify.annotations.NullMarked;
