package org.sipring.overlay.member;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.AddressPicker;
import com.hazelcast.instance.EndpointQualifier;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Listens on exactly one address and port. Hazelcast's own pickers match interface patterns, which never find 127.0.0.2,
 * and go on to the next port when one is taken.
 */
final class FixedAddress implements AddressPicker {
    private static final int BACKLOG = 100;

    private final InetSocketAddress listen;
    private @Nullable ServerSocketChannel channel;

    FixedAddress(InetSocketAddress listen) {
        this.listen = listen;
    }

    @Override
    public void pickAddress() throws IOException {
        if (channel != null) {
            return;
        }
        ServerSocketChannel fresh = ServerSocketChannel.open();
        try {
            fresh.bind(listen, BACKLOG);
        } catch (IOException e) {
            fresh.close();
            throw new IOException("cannot listen on " + listen + ": " + e.getMessage(), e);
        }
        channel = fresh;
    }

    @Override
    public Address getBindAddress(EndpointQualifier qualifier) {
        return new Address(listen.getAddress(), listen.getPort());
    }

    @Override
    public Address getPublicAddress(EndpointQualifier qualifier) {
        return getBindAddress(qualifier);
    }

    @Override
    public Map<EndpointQualifier, Address> getPublicAddressMap() {
        return getBindAddressMap();
    }

    @Override
    public Map<EndpointQualifier, Address> getBindAddressMap() {
        return Map.of(EndpointQualifier.MEMBER, getBindAddress(EndpointQualifier.MEMBER));
    }

    @Override
    public @Nullable ServerSocketChannel getServerSocketChannel(EndpointQualifier qualifier) {
        return channel;
    }

    @Override
    public Map<EndpointQualifier, ServerSocketChannel> getServerSocketChannels() {
        ServerSocketChannel open = channel;
        return open == null ? Map.of() : Map.of(EndpointQualifier.MEMBER, open);
    }
}
