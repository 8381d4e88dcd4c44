/** Who hears what has changed in a store. */
@NullMarked
package org.sipring.store.watch;

import org.jspecify.annotations.NullMarked;
