/** {@link org.sipring.api.Table} on Hazelcast's partitioned maps: changes run at the owner, backups get the result. */
@NullMarked
package org.sipring.overlay.table;

import org.jspecify.annotations.NullMarked;
