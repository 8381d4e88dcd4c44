/** The store as a node has it, with a replica of its own or without. */
@NullMarked
package org.sipring.store.node;

import org.jspecify.annotations.NullMarked;
