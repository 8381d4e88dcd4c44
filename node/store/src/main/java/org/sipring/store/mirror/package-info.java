/** The store of nodes without a replica: a copy of the documents in memory, kept up to date over the overlay. */
@NullMarked
package org.sipring.store.mirror;

import org.jspecify.annotations.NullMarked;
