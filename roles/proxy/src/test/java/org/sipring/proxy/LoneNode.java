package org.sipring.proxy;

import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.api.Chance;
import org.sipring.api.Identity;
import org.sipring.api.Member;
import org.sipring.api.Meter;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleContext;
import org.sipring.api.RoleName;
import org.sipring.api.Ticker;
import org.sipring.proxy.core.Ringing;
import org.sipring.proxy.defence.DefenceLimits;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.registrar.RegistrarSettings;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.transaction.StackSettings;
import org.sipring.sip.transport.NetworkSettings;
import org.sipring.store.MemoryStore;
import org.sipring.testkit.SimOverlay;

/**
 * A platform of one node, a real proxy on real sockets: real time, tables and documents in memory. The tables are for one
 * thread each, so the proxy has one loop.
 */
final class LoneNode implements Ticker, Identity, Meter, Chance, AutoCloseable {
    private static final NodeId N1 = new NodeId("n1");

    private final ScheduledExecutorService room = Executors.newSingleThreadScheduledExecutor();
    private final MemoryStore store = new MemoryStore();
    private final SecureRandom random = new SecureRandom();
    private final SimOverlay overlay = new SimOverlay(N1, this);
    private final ProxyRole role;

    private LoneNode(String address, boolean digest) {
        overlay.show(new Member(N1, address, Set.of(RoleName.PROXY), 100, "test", NodeState.READY, 1, 1, false));
        role = new ProxyRole(settings(address, digest));
    }

    /**
     * Opens the node's sockets.
     *
     * @param address where it listens, at a free port
     * @param digest whether its users must prove who they are
     * @param users its users, whose password is "secret"
     */
    static LoneNode open(String address, boolean digest, List<String> users) {
        LoneNode node = new LoneNode(address, digest);
        List<Account> accounts = users.stream()
                .map(user -> Account.of(user + "@sipring.test", "secret", List.of(DigestAlgorithm.MD5)))
                .toList();
        new Accounts(node.store).put(accounts).toCompletableFuture().join();
        node.role
                .start(new RoleContext(node, node.overlay, node.store, name -> node, node, node))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return node;
    }

    private static ProxySettings settings(String address, boolean digest) {
        return new ProxySettings(
                new NetworkSettings(address, 0, 0, 0, 1, NetworkSettings.Limits.DEFAULT),
                StackSettings.DEFAULT,
                EdgeNames.Style.ADDRESS,
                new ProxySettings.Users(digest, List.of(DigestAlgorithm.MD5), false),
                RegistrarSettings.DEFAULT,
                Ringing.DEFAULT,
                false,
                Duration.ZERO,
                Optional.empty(),
                OtherDomains.CLOSED,
                DefenceLimits.DEFAULT);
    }

    /** Where phones reach it. */
    InetSocketAddress phones() {
        return role.network().phones();
    }

    @Override
    public void close() {
        role.stop();
        room.shutdownNow();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        ScheduledFuture<?> future = room.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        room.execute(task);
    }

    @Override
    public Holder self() {
        return new Holder(N1, "sipring.test", Set.of(RoleName.PROXY), "127.0.0.1");
    }

    @Override
    public SSLContext tls() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException none) {
            throw new IllegalStateException(none);
        }
    }

    @Override
    public X509ExtendedKeyManager keys() {
        throw new UnsupportedOperationException("SIP asks for contexts");
    }

    @Override
    public X509ExtendedTrustManager trust() {
        throw new UnsupportedOperationException("SIP asks for contexts");
    }

    @Override
    public Holder authenticate(SSLSession session) {
        throw new UnsupportedOperationException("one node has no peers");
    }

    @Override
    public Hearing onChange(Runnable listener) {
        return () -> {};
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        return () -> {};
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {}

    @Override
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public int below(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public long number() {
        return random.nextLong();
    }
}
