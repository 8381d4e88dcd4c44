/** Replicas that agree: Apache Ratis, which no other package sees. */
@NullMarked
package org.sipring.store.raft;

import org.jspecify.annotations.NullMarked;
