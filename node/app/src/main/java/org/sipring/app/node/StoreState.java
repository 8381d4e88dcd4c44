package org.sipring.app.node;

import java.util.Optional;
import org.sipring.store.raft.Keepers;

/**
 * How a node's store is.
 *
 * @param durable whether documents are kept on disks
 * @param readable whether this node can read them now
 * @param keepers who keeps them; empty where this node holds no replica that knows
 */
record StoreState(boolean durable, boolean readable, Optional<Keepers> keepers) {}
