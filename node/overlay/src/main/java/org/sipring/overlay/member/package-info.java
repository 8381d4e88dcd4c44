/** One Hazelcast member as Sipring runs it: its settings, its address, how it joins and whom it lets join. */
@NullMarked
package org.sipring.overlay.member;

import org.jspecify.annotations.NullMarked;
