package org.sipring.provisioning.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.DomainStore;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.accounts.domain.StoredDomains;
import org.sipring.api.Backups;
import org.sipring.api.Replicas;
import org.sipring.api.RoleContext;
import org.sipring.api.Store;
import org.sipring.api.StoreNotOpenException;
import org.sipring.api.Ticker;
import org.sipring.http.HttpReply;
import org.sipring.http.HttpRequest;
import org.sipring.http.HttpService;
import org.sipring.provisioning.access.Caller;
import org.sipring.provisioning.access.Gate;
import org.sipring.provisioning.access.Proofs;
import org.sipring.provisioning.access.Tokens;
import org.sipring.provisioning.audit.Audit;
import org.sipring.provisioning.audit.Change;
import org.sipring.provisioning.form.DnsAdvice;
import org.sipring.provisioning.problem.Problem;

/**
 * The API: finds the route of a request, who asks and whether that is allowed, lets the route answer, and notes changes.
 * All but the first bytes of a request happen in its room, one after the other; what waits for the store lets others pass.
 */
public final class Api implements HttpService {
    private static final int BODY_BYTES = 1 << 16;
    // What becomes of it in memory is several times as much, and a small node has some hundred megabytes.
    private static final int MUCH_BYTES = 1 << 21;
    private static final Set<String> MUCH = Set.of(Routes.IMPORT, Routes.RESTORE);
    private static final Set<String> NO_JSON = Set.of(Routes.EXPORT, Routes.BACKUP);

    private final PinnedDomains pinned;
    private final Domains domains;
    private final Ticker room;
    private final Store store;
    private final Gate gate;
    private final Audit audit;
    private final List<Route> routes;
    private final Router router;
    private final Counters counters;
    private final Map<Long, CompletableFuture<HttpReply>> pending = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();

    /**
     * The API of a node.
     *
     * @param pinned the domains that have their users here, whatever the store says
     * @param zones what the zone of each further domain must say
     * @param context what the role may use
     * @param backups of the documents; empty where they are in memory only
     * @param replicas of the documents; empty where they are in memory only
     * @param room where it lives
     */
    public Api(
            PinnedDomains pinned,
            Function<String, DnsAdvice> zones,
            RoleContext context,
            Optional<Backups> backups,
            Optional<Replicas> replicas,
            Ticker room) {
        this.pinned = pinned;
        this.room = room;
        this.store = context.store();
        StoredDomains hosted = new StoredDomains(pinned, new DomainStore(store));
        Accounts accounts = new Accounts(store);
        Tokens tokens = new Tokens(store, context.chance());
        gate = new Gate(context.identity(), tokens, accounts, new Proofs(hosted, context.chance(), room::nanos));
        audit = new Audit(store, context.identity().self().node());
        domains = new Domains(hosted);
        counters = new Counters(context.meter());
        routes = Routes.of(new Handlers(
                new DomainRoutes(hosted, accounts, zones),
                new AccountRoutes(domains, accounts, tokens),
                new BulkRoutes(domains, accounts, audit, room, counters),
                new TokenRoutes(tokens, accounts),
                new AuditRoutes(audit),
                new BackupRoutes(backups),
                new StoreRoutes(replicas)));
        router = new Router(routes);
    }

    /** All routes. */
    List<Route> routes() {
        return routes;
    }

    @Override
    public int bodyBytes(HttpRequest head) {
        boolean much = router.find(head)
                .filter(found -> MUCH.contains(found.route().action()))
                .isPresent();
        return much && operator(head) ? MUCH_BYTES : BODY_BYTES;
    }

    private boolean operator(HttpRequest head) {
        try {
            return gate.operator(head, room.now());
        } catch (StoreNotOpenException unknown) {
            // What is read now is too short; the answer will be that nothing can be done.
            return false;
        }
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpRequest request) {
        Optional<Router.Found> found = router.find(request);
        CompletableFuture<HttpReply> reply = inRoom(() -> serve(request, found))
                .exceptionally(Failures::reply)
                .thenApply(made -> {
                    counters.answered(found.map(Router.Found::route), made.status());
                    return made;
                })
                // In the room, wherever a store has answered: see drain.
                .whenCompleteAsync((made, failure) -> {}, room::execute);
        long number = requests.incrementAndGet();
        pending.put(number, reply);
        return reply.whenComplete((made, failure) -> pending.remove(number));
    }

    /**
     * Waits for what is being answered.
     *
     * @param limit for how long at most
     * @return completes when no request waits for its answer, or the limit has passed
     */
    public CompletionStage<Void> drain(Duration limit) {
        // Through the room once more: what completes there is handed to its connection first.
        CompletableFuture<Void> done = CompletableFuture.allOf(pending.values().toArray(CompletableFuture<?>[]::new))
                .thenRunAsync(() -> {}, room::execute);
        room.after(limit, () -> done.complete(null));
        return done;
    }

    private CompletionStage<HttpReply> serve(HttpRequest request, Optional<Router.Found> found) {
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(router.refuse(request));
        }
        Route route = found.get().route();
        Call anybody = new Call(request, found.get().path(), Caller.ANYBODY, room.now());
        if (route.access() == Route.Access.ANYBODY) {
            return answer(route, anybody);
        }
        HostedDomain domain = domains.named(anybody).orElse(pinned.own());
        return gate.judge(request, domain, anybody.when())
                .match(
                        caller -> admitted(route, new Call(request, anybody.path(), caller, anybody.when())),
                        CompletableFuture::completedFuture);
    }

    private CompletionStage<HttpReply> admitted(Route route, Call call) {
        if (!may(route, call)) {
            return note(route, call, new Done(new Problem(403, "this is not yours").reply(), List.of()));
        }
        if (route.access() == Route.Access.CERTIFICATE
                && call.caller().certificate().isEmpty()) {
            String why = "show an operator's certificate: a token does not do for all documents at once";
            return note(route, call, new Done(new Problem(403, why).reply(), List.of()));
        }
        return answer(route, call);
    }

    private static boolean may(Route route, Call call) {
        return route.access() == Route.Access.OWNER
                ? call.caller().mayUse(call.aor())
                : call.caller().operator();
    }

    private CompletionStage<HttpReply> answer(Route route, Call call) {
        if (call.request().oversize()) {
            return CompletableFuture.completedFuture(
                    new Problem(413, "send at most " + bodyBytes(call.request()) + " bytes at a time").reply());
        }
        boolean json = !NO_JSON.contains(route.action());
        if (json && MediaTypes.taken(call.request(), List.of(MediaTypes.JSON)).isEmpty()) {
            return CompletableFuture.completedFuture(new Problem(406, "accept " + MediaTypes.JSON).reply());
        }
        return newest(route)
                .thenCompose(done -> inRoom(() -> tried(route, call)))
                .exceptionally(failure -> new Done(Failures.reply(failure), List.of()))
                .thenCompose(done -> inRoom(() -> note(route, call, done)));
    }

    // What another node has written is in this node's copy a moment later: a precondition must not fail for that.
    private CompletionStage<Void> newest(Route route) {
        return route.changes() ? store.catchUp() : CompletableFuture.completedFuture(null);
    }

    private static CompletionStage<Done> tried(Route route, Call call) {
        try {
            return route.handler().answer(call);
        } catch (RuntimeException bug) {
            return CompletableFuture.failedFuture(bug);
        }
    }

    // The store answers on threads of its own.
    private <T> CompletableFuture<T> inRoom(Supplier<CompletionStage<T>> step) {
        return CompletableFuture.supplyAsync(step, room::execute).thenCompose(stage -> stage);
    }

    private CompletionStage<HttpReply> note(Route route, Call call, Done done) {
        if (!route.noted()) {
            return CompletableFuture.completedFuture(done.reply());
        }
        Change change = new Change(
                call.when(),
                call.caller().name(),
                call.request().peer().address().getHostAddress(),
                route.action(),
                subject(call),
                done.fields(),
                Integer.toString(done.reply().status()));
        // What was refused is in the log alone: nobody shall drive others' changes out of the store with it.
        if (done.reply().status() >= 300) {
            audit.log(change);
            return CompletableFuture.completedFuture(done.reply());
        }
        return audit.keep(change).thenApply(kept -> done.reply());
    }

    private String subject(Call call) {
        String named =
                call.path().containsKey("user") ? call.aor() : call.path().getOrDefault("name", call.named("domain"));
        return named.isEmpty() ? pinned.own().name() : named;
    }
}
