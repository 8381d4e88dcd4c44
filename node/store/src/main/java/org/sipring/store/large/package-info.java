/** Large values: how they are cut into chunks, and the files in which a replica has these. */
@NullMarked
package org.sipring.store.large;

import org.jspecify.annotations.NullMarked;
