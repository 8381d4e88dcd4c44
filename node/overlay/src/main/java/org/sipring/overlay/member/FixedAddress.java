package org.sipring.overlay.member;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.AddressPicker;
import com.hazelcast.instance.EndpointQualifier;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens on exactly one address and port. Hazelcast's own pickers match interface patterns, which never find 127.0.0.2,
 * and go on to the next port when one is taken.
 */
final class FixedAddress implements AddressPicker {
    private static final int BACKLOG = 100;
    private static final int TRIES = 20;
    private static final long PAUSE_MILLIS = 100;

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
        for (int left = TRIES; channel == null; left--) {
            try {
                channel = bound();
            } catch (BindException e) {
                giveUpOrWait(left, e);
            }
        }
    }

    private ServerSocketChannel bound() throws IOException {
        ServerSocketChannel fresh = ServerSocketChannel.open();
        try {
            return fresh.bind(listen, BACKLOG);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }

    // A membership that has failed leaves its port to be closed by a thread that selects: a moment later it is free.
    private void giveUpOrWait(int left, BindException taken) throws IOException {
        try {
            if (left > 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("cannot listen on " + listen + ": " + taken.getMessage(), taken);
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
