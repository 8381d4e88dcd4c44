/** Replicas in processes of their own, which are killed and hung while others write. */
@NullMarked
package org.sipring.store.chaos;

import org.jspecify.annotations.NullMarked;
