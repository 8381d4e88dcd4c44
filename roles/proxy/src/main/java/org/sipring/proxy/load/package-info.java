/** How much this node has to do, and when others are to spare it. */
@NullMarked
package org.sipring.proxy.load;

import org.jspecify.annotations.NullMarked;
