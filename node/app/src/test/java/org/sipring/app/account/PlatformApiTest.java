package org.sipring.app.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.Authority;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.http.HttpReply;
import org.sipring.http.HttpRequest;
import org.sipring.http.HttpServer;
import org.sipring.http.HttpService;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.SystemTime;
import org.sipring.runtime.settings.HostPort;

/** Whom a command takes for a node that provisions, over real TLS. */
final class PlatformApiTest {
    private static final String DAVE = PlatformApi.path(new Address("dave", "sipring.test"));

    @TempDir
    private Path folder = Path.of("");

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void makeCa() throws Exception {
        Authority.init("sipring.test", folder.resolve("ca"), SystemTime.clock(), new SystemChance());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable server : open) {
            server.close();
        }
    }

    private IdentityFolder identity(String node, String role) throws Exception {
        Path out = folder.resolve(node);
        Authority ca = Authority.open(folder.resolve("ca"), SystemTime.clock(), new SystemChance());
        ca.issue(new IssueRequest(node, List.of(role), List.of("127.0.0.1"), IssueRequest.NODE_VALIDITY), out);
        return IdentityFolder.load(out, SystemTime.clock());
    }

    /** A server with a node's certificate, which answers everything in one way. */
    private final class Node implements HttpService {
        private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
        private final HttpReply reply;
        private final HostPort place;

        private Node(String name, String role, HttpReply reply) throws Exception {
            this.reply = reply;
            IdentityFolder identity = identity(name, role);
            HttpServer server = new HttpServer(HttpServer.Limits.ORDINARY, this, () -> {
                SSLEngine engine = identity.tls().createSSLEngine();
                engine.setNeedClientAuth(true);
                return engine;
            });
            open.add(server);
            InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
            place = new HostPort("127.0.0.1", server.start(any, "a setting").getPort());
        }

        @Override
        public int bodyBytes(HttpRequest head) {
            return 1000;
        }

        @Override
        public CompletionStage<HttpReply> answer(HttpRequest request) {
            heard.add(
                    request.method() + ' ' + request.path() + ' ' + new String(request.body(), StandardCharsets.UTF_8));
            return CompletableFuture.completedFuture(reply);
        }
    }

    private static HttpReply reply(int status, String body) {
        return new HttpReply(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private PlatformApi api(HostPort... nodes) throws Exception {
        return new PlatformApi(identity("ops", "operator"), List.of(nodes));
    }

    private static ObjectNode secret() {
        return JsonNodeFactory.instance.objectNode().put("password", "hush");
    }

    @Test
    void aHolderOfAnotherCertificateOfThePlatformIsNotToldPasswords() throws Exception {
        Node phisher = new Node("n1", "proxy", reply(200, "{}"));
        PlatformApi api = api(phisher.place);
        assertThatThrownBy(() -> api.create(DAVE, secret()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(phisher.place + ": this is n1, whose certificate does not permit provisioning");
        assertThat(phisher.heard).noneMatch(request -> request.contains("hush"));
    }

    @Test
    void aNodeThatCannotReadItsStoreIsPassedBy() throws Exception {
        Node closed = new Node("n1", "provisioning", reply(503, "{\"detail\": \"not now\"}"));
        Node good = new Node("n2", "*", reply(200, "{\"address\": \"dave@sipring.test\"}"));
        PlatformApi api = api(closed.place, good.place);
        assertThat(api.create(DAVE, secret()).json().path("address").asText()).isEqualTo("dave@sipring.test");
        assertThat(api.get(DAVE, "application/json").next()).isEmpty();
        assertThat(closed.heard).containsExactly("GET /v1/domains ");
        assertThat(good.heard)
                .containsExactly(
                        "GET /v1/domains ",
                        "PUT /v1/domains/sipring.test/accounts/dave {\"password\":\"hush\"}",
                        "GET /v1/domains/sipring.test/accounts/dave ");
    }

    @Test
    void anOrderIsGivenToOneNode() throws Exception {
        Node first = new Node("n1", "provisioning", reply(200, "{}"));
        Node second = new Node("n2", "provisioning", reply(200, "{}"));
        PlatformApi api = api(first.place, second.place);
        api.order("/v1/store/replace", JsonNodeFactory.instance.objectNode().put("node", "n1"));
        assertThat(first.heard).containsExactly("GET /v1/domains ", "POST /v1/store/replace {\"node\":\"n1\"}");
        assertThat(second.heard).isEmpty();
    }

    @Test
    void whomOneNodeRefusesIsNotTakenToTheOthers() throws Exception {
        Node strict = new Node("n1", "provisioning", reply(403, "{\"detail\": \"you are no operator\"}"));
        Node other = new Node("n2", "provisioning", reply(200, "{}"));
        PlatformApi api = api(strict.place, other.place);
        assertThatThrownBy(() -> api.remove(DAVE)).hasMessage(strict.place + ": you are no operator");
        assertThat(other.heard).isEmpty();
    }
}
