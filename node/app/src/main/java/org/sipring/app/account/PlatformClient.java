package org.sipring.app.account;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.sipring.api.RoleName;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.settings.HostPort;

/**
 * The way to a node that provisions. Of those it is given it takes the first that answers, proves what it is, and can read its store;
 * only then is anything sent that somebody else must not read. Used by one thread.
 */
final class PlatformClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

    private final Identity identity;
    private final List<HostPort> nodes;
    private final HttpClient http;
    private @Nullable HostPort chosen;

    /**
     * Asks nobody yet.
     *
     * @param identity the operator's
     * @param nodes in the order to try
     */
    PlatformClient(Identity identity, List<HostPort> nodes) {
        this.identity = identity;
        this.nodes = List.copyOf(nodes);
        this.http = HttpClient.newBuilder()
                .sslContext(identity.tls())
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    /**
     * The node that is asked, the same one each time.
     *
     * @throws CommandFailure when none can be, with why
     */
    HostPort node() {
        HostPort known = chosen;
        if (known != null) {
            return known;
        }
        List<String> silent = new ArrayList<>();
        for (HostPort node : nodes) {
            Optional<String> trouble = trouble(node);
            if (trouble.isEmpty()) {
                chosen = node;
                return node;
            }
            silent.add(trouble.get());
        }
        throw new CommandFailure(
                "no node could be asked about accounts; is the platform running, and the certificate one of"
                        + " its own?\n  " + String.join("\n  ", silent));
    }

    /** Why a node cannot be asked. Whom a good node does not let in, the others would not either. */
    private Optional<String> trouble(HostPort node) {
        try {
            HttpResponse<String> response =
                    send(ApiRequest.of("GET", ApiRequest.DOMAINS), node, HttpResponse.BodyHandlers.ofString());
            int status = response.statusCode();
            if (Set.of(401, 403).contains(status)) {
                throw new CommandFailure(node + ": " + Problem.text(status, response.body()));
            }
            return status == 200 ? Optional.empty() : Optional.of(node + ": " + Problem.text(status, response.body()));
        } catch (IOException silent) {
            return Optional.of(trouble(node, silent));
        }
    }

    /** What went wrong with a node, in words for the operator. */
    static String trouble(HostPort node, IOException failure) {
        String message = failure.getMessage() == null ? "no connection" : failure.getMessage();
        // What the node says of our certificate in TLS is a word only, of which there are several for one reason.
        String hint = message.contains("fatal alert")
                ? ": the node refuses the operator's certificate; has it ended, or was it revoked?"
                : "";
        return node + ": " + message + hint;
    }

    /** Asks one node, and believes no answer but that of a node which provisions. */
    <T> HttpResponse<T> send(ApiRequest request, HostPort node, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            HttpResponse<T> response = http.send(request.at(node), body);
            check(response.sslSession());
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    // The handshake has shown a certificate of the platform's CA; not that its holder may be told passwords.
    private void check(Optional<SSLSession> session) throws IOException {
        try {
            Identity.Holder server = identity.authenticate(session.orElseThrow());
            if (!server.may(RoleName.PROVISIONING)) {
                throw new IOException("this is " + server.node() + ", whose certificate does not permit provisioning");
            }
        } catch (CertificateException nobody) {
            throw new IOException("it did not prove to be a node of the platform: " + nobody.getMessage(), nobody);
        }
    }
}
