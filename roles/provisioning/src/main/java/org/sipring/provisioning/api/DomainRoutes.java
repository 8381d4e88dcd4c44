package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.DomainStore;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.accounts.domain.StoredDomains;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.form.DnsAdvice;
import org.sipring.provisioning.form.DomainForm;
import org.sipring.provisioning.form.DomainView;
import org.sipring.provisioning.form.MergePatch;
import org.sipring.provisioning.problem.Problem;

/** Domains, one by one and page by page. */
final class DomainRoutes {
    private static final String DOMAIN = "domain";
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final PinnedDomains pinned;
    private final DomainStore domains;
    private final Accounts accounts;
    private final Function<String, DnsAdvice> zones;

    DomainRoutes(StoredDomains hosted, Accounts accounts, Function<String, DnsAdvice> zones) {
        this.pinned = hosted.pinned();
        this.domains = hosted.domains();
        this.accounts = accounts;
        this.zones = zones;
    }

    CompletionStage<Done> list(Call call) {
        return Paging.read(call, USUAL, MOST, paging -> Done.now(page(call, paging)), Done::now);
    }

    private HttpReply page(Call call, Paging paging) {
        Stream<ObjectNode> fixed = pinned.after(paging.after()).stream().map(DomainView::of);
        Stream<ObjectNode> stored = domains.page(paging.after(), paging.limit() + pinned.size() + 1).stream()
                .filter(found -> pinned.named(found.domain().name()).isEmpty())
                .map(this::item);
        Paging.Part<ObjectNode> part = paging.part(
                Stream.concat(fixed, stored)
                        .sorted(Comparator.comparing(DomainRoutes::name))
                        .limit(paging.limit() + 1L)
                        .toList(),
                DomainRoutes::name);
        return Replies.list(call, "domains", part.items(), part.next());
    }

    private static String name(ObjectNode domain) {
        return domain.path("name").asText();
    }

    private ObjectNode item(DomainStore.Stored found) {
        return view(found.domain()).put("etag", Preconditions.tag(found.revision()));
    }

    private ObjectNode view(Domain domain) {
        return DomainView.of(domain, pinned.hosted(domain));
    }

    CompletionStage<Done> get(Call call) {
        Optional<HostedDomain> fixed = pinned.named(call.named(DOMAIN));
        return fixed.isPresent()
                ? Done.now(Replies.json(200, advised(DomainView.of(fixed.get()), fixed.get())))
                : existing(
                        call,
                        stored -> Done.now(
                                Preconditions.known(call.request(), stored.revision())
                                        ? HttpReply.empty(304).with("ETag", Preconditions.tag(stored.revision()))
                                        : shown(200, stored.domain(), stored.revision())));
    }

    private HttpReply shown(int status, Domain domain, long revision) {
        return Replies.json(status, advised(view(domain), pinned.hosted(domain)))
                .with("ETag", Preconditions.tag(revision));
    }

    // The platform writes its own zone itself.
    private ObjectNode advised(ObjectNode view, HostedDomain domain) {
        return domain.source() == HostedDomain.Source.PLATFORM
                ? view
                : DomainView.advised(view, zones.apply(domain.name()));
    }

    private CompletionStage<Done> existing(Call call, Function<DomainStore.Stored, CompletionStage<Done>> next) {
        return domains.stored(call.named(DOMAIN)).map(next).orElseGet(Domains::none);
    }

    CompletionStage<Done> put(Call call) {
        if (!Preconditions.said(call.request())) {
            return Done.now(428, "say If-None-Match: * to create a domain, or If-Match and its ETag to replace it");
        }
        return changeable(
                call,
                () -> Replies.withJson(
                        call, MediaTypes.JSON, document -> write(call, document, domains.stored(call.named(DOMAIN)))));
    }

    CompletionStage<Done> patch(Call call) {
        return changeable(
                call,
                () -> existing(
                        call,
                        stored -> Replies.withJson(
                                call,
                                MediaTypes.MERGE_PATCH,
                                document -> write(
                                        call,
                                        MergePatch.apply(DomainView.fields(stored.domain()), document),
                                        Optional.of(stored)))));
    }

    // What settings say holds on whichever node has them, whatever is stored: nobody shall be told otherwise.
    private CompletionStage<Done> changeable(Call call, Supplier<CompletionStage<Done>> next) {
        return pinned.named(call.named(DOMAIN))
                .map(fixed -> Done.now(
                        409,
                        fixed.source() == HostedDomain.Source.PLATFORM
                                ? fixed.name() + " is the platform's own domain: it is there as long as the platform,"
                                        + " and sip.algorithms in the settings is what its users are offered"
                                : fixed.name()
                                        + " stands in the settings of this node, as sip.domains: change it there"))
                .orElseGet(next);
    }

    private CompletionStage<Done> write(Call call, JsonNode document, Optional<DomainStore.Stored> present) {
        DomainForm.Reading reading =
                DomainForm.read(document, call.named(DOMAIN), pinned.own().name());
        if (reading.domain().isEmpty()) {
            return Done.now(new Problem(400, "some fields are not as they should be", reading.problems()));
        }
        Domain domain = reading.domain().get();
        boolean same = present.filter(stored -> stored.domain().equals(domain)).isPresent();
        Optional<Problem> against = Preconditions.against(
                call.request(), present.map(DomainStore.Stored::revision).orElse(0L));
        if (against.isPresent() && !Preconditions.repeated(call.request(), same)) {
            return Done.now(against.get());
        }
        return same ? Done.now(shown(200, domain, present.orElseThrow().revision())) : store(call, domain, present);
    }

    private CompletionStage<Done> store(Call call, Domain domain, Optional<DomainStore.Stored> present) {
        long expected = present.map(DomainStore.Stored::revision).orElse(0L);
        List<String> fields = present.map(stored -> DomainForm.changes(stored.domain(), domain))
                .orElseGet(List::of);
        return domains.put(domain, expected).thenApply(written -> written.map(revision -> new Done(
                        present.isPresent()
                                ? shown(200, domain, revision)
                                : shown(201, domain, revision)
                                        .with("Location", call.request().path()),
                        fields))
                .orElseGet(Done::changedMeanwhile));
    }

    CompletionStage<Done> delete(Call call) {
        return changeable(
                call,
                () -> existing(call, stored -> Preconditions.against(call.request(), stored.revision())
                        .map(Done::now)
                        .orElseGet(() -> remove(stored))));
    }

    private CompletionStage<Done> remove(DomainStore.Stored stored) {
        String name = stored.domain().name();
        return accounts.areOf(name)
                ? Done.now(409, name + " has accounts yet: remove these first, or disable the domain")
                : domains.remove(name, stored.revision())
                        .thenApply(removed ->
                                removed ? new Done(HttpReply.empty(204), List.of()) : Done.changedMeanwhile());
    }
}
