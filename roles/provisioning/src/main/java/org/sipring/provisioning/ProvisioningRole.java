package org.sipring.provisioning;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Backups;
import org.sipring.api.Health;
import org.sipring.api.Identity;
import org.sipring.api.Replicas;
import org.sipring.api.Role;
import org.sipring.api.RoleContext;
import org.sipring.api.RoleName;
import org.sipring.api.Ticker;
import org.sipring.http.HttpServer;
import org.sipring.provisioning.api.Api;

/** Administrates accounts over HTTPS. */
public final class ProvisioningRole implements Role {
    private static final String PORT_SETTING = "provisioning.port";

    private final ProvisioningSettings settings;
    private final Supplier<Optional<Backups>> backups;
    private final Supplier<Optional<Replicas>> replicas;
    private @Nullable HttpServer server;
    private volatile Optional<Api> api = Optional.empty();
    private volatile Health health = new Health(false, "not started");
    private volatile Optional<InetSocketAddress> listens = Optional.empty();

    /**
     * A role that has not started.
     *
     * @param settings how it provisions
     * @param backups asked for at its start: those of the documents; empty where they are in memory only
     * @param replicas the same of where they are kept
     */
    public ProvisioningRole(
            ProvisioningSettings settings, Supplier<Optional<Backups>> backups, Supplier<Optional<Replicas>> replicas) {
        this.settings = settings;
        this.backups = backups;
        this.replicas = replicas;
    }

    @Override
    public RoleName name() {
        return RoleName.PROVISIONING;
    }

    @Override
    public CompletionStage<Void> start(RoleContext context) {
        Ticker room = context.rooms().apply(RoleName.PROVISIONING.value());
        Api answering = new Api(settings.domains(), settings.zones(), context, backups.get(), replicas.get(), room);
        api = Optional.of(answering);
        HttpServer opened = new HttpServer(settings.limits(), answering, engines(context.identity()));
        server = opened;
        CompletableFuture<Void> started = new CompletableFuture<>();
        room.execute(() -> {
            try {
                listens = Optional.of(opened.start(settings.address(), PORT_SETTING));
                health = Health.GOOD;
                started.complete(null);
            } catch (IOException | RuntimeException cannot) {
                started.completeExceptionally(cannot);
            }
        });
        return started;
    }

    private Supplier<SSLEngine> engines(Identity identity) {
        return settings.tls().orElse(() -> {
            SSLEngine engine = identity.tls().createSSLEngine();
            engine.setWantClientAuth(true);
            return engine;
        });
    }

    /**
     * Where it listens.
     *
     * @return the address with the real port; empty before it has started
     */
    public Optional<InetSocketAddress> listens() {
        return listens;
    }

    @Override
    public CompletionStage<Void> drain(Duration limit) {
        health = new Health(false, "draining");
        return api.map(serving -> serving.drain(limit)).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public void stop() {
        health = new Health(false, "stopped");
        if (server != null) {
            server.close();
        }
    }

    @Override
    public Health health() {
        return health;
    }
}
