package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.api.Backups;
import org.sipring.api.Meter;
import org.sipring.api.Replicas;
import org.sipring.api.RoleContext;
import org.sipring.certs.Authority;
import org.sipring.certs.Envelope;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.provisioning.ProvisioningRole;
import org.sipring.provisioning.ProvisioningSettings;
import org.sipring.provisioning.form.DnsAdvice;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.SystemTime;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.store.MemoryStore;
import org.sipring.store.archive.StoreBackups;
import org.sipring.store.group.GroupDocuments;
import org.sipring.store.node.ReplicaOrders;
import org.sipring.testkit.SimOverlay;

/** A real provisioning node on loopback, with certificates of a real CA, two domains, and alice, bob and carol. */
final class Platform implements AutoCloseable, Meter {
    static final String ALICE = "/v1/domains/sipring.test/accounts/alice";
    static final String BOB = "/v1/domains/sipring.test/accounts/bob";
    static final List<DigestAlgorithm> ALGORITHMS = List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256);

    private static final PinnedDomains DOMAINS =
            new PinnedDomains("sipring.test", ALGORITHMS, List.of(new Domain("other.test", List.of(), true)));

    final MemoryStore store = new MemoryStore();
    final DistantStore distant = new DistantStore(store);
    final Accounts accounts = new Accounts(store);
    final GroupDocuments group = new GroupDocuments(distant);
    final KnownNodes keepers = new KnownNodes();
    final Path folder;
    final Authority ca;
    private final DocumentedAnswers documented = new DocumentedAnswers();
    private final Rooms rooms = new Rooms();
    private final ProvisioningRole role;
    private final IdentityFolder identity;
    private final RoleContext context;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final int port;
    private Optional<Backups> backups = Optional.empty();
    private Optional<Replicas> replicas = Optional.empty();

    Platform(Path folder) throws Exception {
        this(folder, false);
    }

    /** A platform whose node perhaps cannot read its store yet. */
    Platform(Path folder, boolean closed) throws Exception {
        this(folder, closed, true);
    }

    /** A platform that perhaps has backups. */
    Platform(Path folder, boolean closed, boolean durable) throws Exception {
        this.folder = folder;
        if (durable) {
            StoreBackups.Origin origin =
                    new StoreBackups.Origin("sipring.test", "n1", folder.resolve("backups"), Envelope::seal);
            backups = Optional.of(new StoreBackups(origin, store, store, new SystemChance(), rooms.open("backup")));
            replicas = Optional.of(new ReplicaOrders(group, keepers));
        }
        distant.closed(closed);
        ca = Authority.init("sipring.test", folder.resolve("ca"), SystemTime.clock(), new SystemChance());
        identity = issue("n1", "proxy");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        role = new ProvisioningRole(
                new ProvisioningSettings(any, DOMAINS, Platform::zone, ProvisioningSettings.LIMITS, Optional.empty()),
                () -> backups,
                () -> replicas);
        accounts.put(List.of(
                        account("alice@sipring.test"),
                        account("bob@sipring.test")
                                .withName("Robert Secretive")
                                .withAliases(List.of("4711@sipring.test")),
                        account("carol@sipring.test").withEnabled(false),
                        account("alice@other.test").withName("Another Alice")))
                .toCompletableFuture()
                .get();
        SimOverlay overlay = new SimOverlay(identity.self().node(), rooms.open("overlay"));
        context = new RoleContext(identity, overlay, distant, rooms::open, new SystemChance(), this);
        role.start(context).toCompletableFuture().get(10, TimeUnit.SECONDS);
        port = role.listens().orElseThrow().getPort();
    }

    private static DnsAdvice zone(String domain) {
        return new DnsAdvice(List.of("what leads from " + domain), List.of("what leads securely"));
    }

    private static Account account(String aor) {
        return Account.of(aor, "secret of " + aor, ALGORITHMS);
    }

    IdentityFolder issue(String node, String... roles) throws Exception {
        Path out = identityOf(node);
        ca.issue(new IssueRequest(node, List.of(roles), List.of("127.0.0.1"), IssueRequest.NODE_VALIDITY), out);
        return IdentityFolder.load(out, SystemTime.clock());
    }

    Path identityOf(String node) {
        return folder.resolve("identities").resolve(node);
    }

    /** What the CA has revoked is known from now on. */
    void revoke(String node) throws Exception {
        identity.takeCrl(Files.readAllBytes(ca.revoke(node).crl()));
    }

    /** What the node answers. */
    List<Route> routes() {
        return new Api(DOMAINS, Platform::zone, context, backups, replicas, rooms.open("routes")).routes();
    }

    String authority() {
        return "127.0.0.1:" + port;
    }

    /** Somebody who shows a certificate. */
    Client certified(String node, String... roles) throws Exception {
        return new Client(issue(node, roles).tls());
    }

    Client operator() throws Exception {
        return certified("ops", "operator");
    }

    /** Somebody who knows the CA alone. */
    Client stranger() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(identityOf("n1").resolve("ca.crt"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new Client(context);
    }

    /** Asks over real TLS, which checks the node's certificate and its address; each answer is held against the document. */
    final class Client {
        private final HttpClient http;

        Client(SSLContext tls) {
            http = HttpClient.newBuilder()
                    .sslContext(tls)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
        }

        HttpResponse<String> send(String method, String target, String body, String... fields) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://" + authority() + target))
                    .timeout(Duration.ofSeconds(20))
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (fields.length > 0) {
                request.headers(fields);
            }
            HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(documented.breaches(method, reply))
                    .as("%s %s", method, target)
                    .isEmpty();
            return reply;
        }

        HttpResponse<byte[]> bytes(String target) throws Exception {
            return http.send(
                    HttpRequest.newBuilder(URI.create("https://" + authority() + target))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }

        HttpResponse<String> get(String target, String... fields) throws Exception {
            return send("GET", target, "", fields);
        }
    }

    CompletableFuture<Void> drain(Duration limit) {
        return role.drain(limit).toCompletableFuture();
    }

    @Override
    public void close() throws IOException {
        role.stop();
        rooms.close();
    }

    /** How often something was counted, such as {@code refused_total status 401}. */
    long counted(String what) {
        return counts.getOrDefault("sipring_provisioning_" + what, new LongAdder())
                .sum();
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        return counts.computeIfAbsent(name + ' ' + String.join(" ", labels), first -> new LongAdder())::increment;
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {}
}
