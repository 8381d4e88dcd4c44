/** How the members agree on one view: each says what it is, the oldest composes, the others adopt. */
@NullMarked
package org.sipring.overlay.view;

import org.jspecify.annotations.NullMarked;
