/** One node of Sipring beside Kamailio: the same load, in turns, and what each message cost. */
@NullMarked
package org.sipring.bench;

import org.jspecify.annotations.NullMarked;
