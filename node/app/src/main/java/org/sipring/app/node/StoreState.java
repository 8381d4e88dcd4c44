package org.sipring.app.node;

import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.store.raft.Keepers;

/**
 * How a node's store is.
 *
 * @param durable whether documents are kept on disks
 * @param readable whether this node can read them now
 * @param keepers who keeps them; empty where this node holds no replica that knows
 * @param keptBy the same by name, also on a node that has it from hearsay; empty where nobody has told
 * @param replacing whose replica another node is to take over, because an operator says so
 */
record StoreState(
        boolean durable, boolean readable, Optional<Keepers> keepers, List<NodeId> keptBy, List<NodeId> replacing) {}
