/** The document store behind the {@code Store} port; in memory until the durable one arrives. */
@NullMarked
package org.sipring.store;

import org.jspecify.annotations.NullMarked;
