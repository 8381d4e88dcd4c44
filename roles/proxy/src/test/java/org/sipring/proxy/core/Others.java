package org.sipring.proxy.core;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.proxy.foreign.Peers;
import org.sipring.sip.locate.Answer;
import org.sipring.sip.locate.DeadHops;
import org.sipring.sip.locate.Locator;
import org.sipring.sip.locate.Protocol;
import org.sipring.sip.locate.Question;
import org.sipring.sip.locate.Reach;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/** The DNS of the simulated world: services of other domains. */
final class Others {
    /** How long a slow answer takes. */
    static final Duration SLOWLY = Duration.ofSeconds(2);

    private final Map<String, List<Answer.Entry>> records = new LinkedHashMap<>();
    private final SimTime time;
    private final SimChance chance;
    boolean silent;
    boolean slow;
    int asked;

    Others(SimTime time, SimChance chance) {
        this.time = time;
        this.chance = chance;
    }

    /** Publishes the servers of a domain, the first first. */
    void publish(String service, InetSocketAddress... servers) {
        List<Answer.Entry> all = new ArrayList<>();
        for (InetSocketAddress server : servers) {
            String host = "s" + all.size() + '.' + service;
            all.add(new Answer.Srv(all.size(), 0, server.getPort(), host));
            host(host, server.getAddress());
        }
        records.put(service, all);
    }

    void host(String name, InetAddress address) {
        records.put(name, List.of(new Answer.Address(address)));
    }

    private CompletionStage<Answer> ask(Question question) {
        asked++;
        if (slow) {
            CompletableFuture<Answer> later = new CompletableFuture<>();
            time.ticker().after(SLOWLY, () -> later.complete(answer(question)));
            return later;
        }
        return silent
                ? CompletableFuture.failedFuture(new IOException("no answer"))
                : CompletableFuture.completedFuture(answer(question));
    }

    private Answer answer(Question question) {
        List<Answer.Entry> found = records.getOrDefault(question.name(), List.of());
        Class<?> type = question.kind() == Question.Kind.SRV ? Answer.Srv.class : Answer.Address.class;
        boolean wanted = question.kind() != Question.Kind.NAPTR;
        return new Answer(
                found.stream().filter(type::isInstance).filter(entry -> wanted).toList(), Duration.ofSeconds(30));
    }

    Foreign foreign(ForeignPolicy policy) {
        Reach reach = new Reach(List.of(Protocol.UDP, Protocol.TCP, Protocol.TLS), false);
        DeadHops dead = new DeadHops(10, Duration.ofSeconds(30), time.ticker()::nanos);
        return new Foreign(policy, new Locator(this::ask, reach, chance), dead);
    }

    static ForeignPolicy policy(List<String> outbound, List<String> inbound) {
        return new ForeignPolicy(Peers.of(outbound), Peers.of(inbound), List.of());
    }
}
