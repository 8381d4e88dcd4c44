/** Copies of all documents in one encrypted file, and their way back into a store. */
@NullMarked
package org.sipring.store.archive;

import org.jspecify.annotations.NullMarked;
