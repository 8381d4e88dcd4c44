/** Who of other domains may speak with whom of ours. */
@NullMarked
package org.sipring.proxy.foreign;

import org.jspecify.annotations.NullMarked;
