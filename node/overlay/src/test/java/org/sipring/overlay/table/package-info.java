/** Tests of the tables on plain Hazelcast instances in one process. */
@NullMarked
package org.sipring.overlay.table;

import org.jspecify.annotations.NullMarked;
