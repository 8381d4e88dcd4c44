/** One node, wired: what is made, in which order it starts, and who hears of what. */
@NullMarked
package org.sipring.app.node;

import org.jspecify.annotations.NullMarked;
