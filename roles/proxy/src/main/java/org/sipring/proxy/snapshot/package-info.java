/** What a node remembers on its disk of the bindings it holds, for when all nodes have ended. */
@NullMarked
package org.sipring.proxy.snapshot;

import org.jspecify.annotations.NullMarked;
