package org.sipring.proxy.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipring.api.Member;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.Transport;

/**
 * Addresses that the platform may send to because they are not its own.
 *
 * @param platform knows its nodes
 * @param loop knows where nodes listen
 */
record Strangers(Platform platform, SipLoop loop) {
    /** Keeps the platform from calling itself: a phone never listens on a SIP port of ours. */
    Optional<InetSocketAddress> only(InetSocketAddress address) {
        boolean ours = Stream.of(Transport.values())
                        .anyMatch(transport -> loop.local(transport).getPort() == address.getPort())
                && isNode(address.getAddress());
        return ours ? Optional.empty() : Optional.of(address);
    }

    /** The same for what a stranger's zone says, which must not lead to the other programs of a host of ours either. */
    Optional<InetSocketAddress> onlyElsewhere(InetSocketAddress address) {
        return only(address).filter(this::isAnywhere);
    }

    private boolean isAnywhere(InetSocketAddress address) {
        InetAddress there = address.getAddress();
        boolean homeOnly = there.isLoopbackAddress()
                && !loop.local(Transport.UDP).getAddress().isLoopbackAddress();
        boolean nowhere = there.isAnyLocalAddress() || there.isMulticastAddress() || there.isLinkLocalAddress();
        return !homeOnly && !nowhere && !isNode(there);
    }

    private boolean isNode(InetAddress address) {
        return platform.view().members().stream().map(Strangers::address).anyMatch(address::equals);
    }

    // As an address: IPv6 has many texts for one.
    private static InetAddress address(Member member) {
        return new InetSocketAddress(member.address(), 0).getAddress();
    }
}
