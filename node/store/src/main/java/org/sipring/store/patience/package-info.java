/** How stores wait for what others must answer: again and again, not too much at a time, and not for ever. */
@NullMarked
package org.sipring.store.patience;

import org.jspecify.annotations.NullMarked;
