/** What the platform did with a call, and why: kept for a while at each node, gathered when somebody asks. */
@NullMarked
package org.sipring.proxy.journal;

import org.jspecify.annotations.NullMarked;
