package org.sipring.proxy.auth;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.proxy.keys.KeySettings;
import org.sipring.proxy.keys.SharedKeys;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.transport.Flow;
import org.sipring.store.MemoryStore;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimCluster;
import org.sipring.testkit.SimNetwork;
import org.sipring.testkit.SimNode;
import org.sipring.testkit.SimTime;

/** A simulated platform of two nodes with the accounts alice and bob. */
final class Platform {
    static final NodeId N1 = new NodeId("n1");
    static final NodeId N2 = new NodeId("n2");
    static final NonceSettings SMALL = new NonceSettings(
            NonceSettings.DEFAULT.life(), NonceSettings.DEFAULT.tolerance(), NonceSettings.DEFAULT.ask(), 16);

    static final Flow PHONE =
            Flow.udp(new InetSocketAddress("192.0.2.1", 5060), new InetSocketAddress("192.0.2.9", 5070));
    /** Who asks. */
    static final long SOURCE = 7;

    final SimTime time = new SimTime();
    final SimChance chance = new SimChance(42);
    final SimNetwork network = new SimNetwork(chance.split());
    final Map<NodeId, SimNode> nodes = new HashMap<>();
    private final SimCluster cluster = new SimCluster(time, network, chance.split());
    private final Map<NodeId, SharedKeys> keys = new HashMap<>();
    private final Map<NodeId, Nonces> nonces = new HashMap<>();
    private final Accounts accounts = new Accounts(new MemoryStore());

    Platform() {
        List<Account> all = new ArrayList<>();
        AuthSettings settings = AuthSettings.usual("sipring.test");
        Account alice = Account.of("alice@sipring.test", "secret", List.of(DigestAlgorithm.values()));
        all.add(alice.withAliases(List.of("+4930123@sipring.test")));
        Account bob = Account.of("bob@sipring.test", "hidden", settings.first().algorithms());
        all.add(bob.withContacts(OptionalInt.of(2)));
        Account carol = Account.of("carol@sipring.test", "off", settings.first().algorithms());
        all.add(carol.withEnabled(false));
        accounts.put(all).toCompletableFuture().join();
        start(N1);
        start(N2);
        nodes.values().forEach(node -> time.until(keys(node.self()).start()));
    }

    void start(NodeId id) {
        Member birth = new Member(
                id, "192.0.2.1", Set.of(RoleName.PROXY), Member.ORDINARY_WEIGHT, "1", NodeState.JOINING, 0, 0, false);
        SimNode node = cluster.start(birth);
        nodes.put(id, node);
        keys.put(
                id,
                new SharedKeys(
                        "nonce-keys", KeySettings.NONCES, node, node.host().ticker(), chance.split()));
        nonces.put(id, new Nonces(SMALL, keys(id), node, node.host().ticker()::now, chance.split()));
    }

    void add(Account account) {
        accounts.put(List.of(account)).toCompletableFuture().join();
    }

    SharedKeys keys(NodeId id) {
        return Objects.requireNonNull(keys.get(id));
    }

    Nonces nonces(NodeId id) {
        return Objects.requireNonNull(nonces.get(id));
    }

    SimNode node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    boolean use(NodeId id, String nonce, int count) {
        return time.until(nonces(id).use(nonce, count, SOURCE));
    }

    Authenticator authenticator(NodeId id, AuthSettings settings) {
        return authenticator(id, settings, Suspicion.NONE);
    }

    Authenticator authenticator(NodeId id, AuthSettings settings, Suspicion suspicion) {
        return new Authenticator(settings, accounts, nonces(id), chance.split(), "192.0.2.1"::equals, suspicion);
    }
}
