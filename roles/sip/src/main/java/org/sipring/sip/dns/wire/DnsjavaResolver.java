package org.sipring.sip.dns.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.sipring.api.Chance;
import org.sipring.sip.locate.Answer;
import org.sipring.sip.locate.Question;
import org.sipring.sip.locate.Resolver;
import org.sipring.sip.locate.TooManyQuestions;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;

/**
 * Asks resolvers over UDP, and over TCP for what is too long, on dnsjava's own selector thread: no caller waits. Each
 * question has a socket of its own, so that a forger must guess its port as well as its number (RFC 5452). Callable from
 * any thread.
 */
public final class DnsjavaResolver implements Resolver {
    private final List<SimpleResolver> servers;
    private final int most;
    private final Chance chance;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Asks resolvers.
     *
     * @param servers whom to ask: the second where the first does not answer, and so on
     * @param limit how long each may take
     * @param most how many questions may wait for an answer; more fail at once
     * @param chance numbers the questions
     */
    public DnsjavaResolver(List<InetSocketAddress> servers, Duration limit, int most, Chance chance) {
        this.servers = servers.stream().map(server -> server(server, limit)).toList();
        this.most = most;
        this.chance = chance;
    }

    private static SimpleResolver server(InetSocketAddress address, Duration limit) {
        SimpleResolver server = new SimpleResolver(address);
        server.setTimeout(limit);
        return server;
    }

    @Override
    public CompletionStage<Answer> ask(Question question) {
        Name name;
        try {
            name = Name.fromString(question.name(), Name.root);
        } catch (TextParseException impossible) {
            // Nobody can have published it.
            return CompletableFuture.completedFuture(new Answer(List.of(), Duration.ZERO));
        }
        if (servers.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException("no name server is configured"));
        }
        if (waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(new TooManyQuestions());
        }
        return ask(query(name, Answers.type(question.kind())), 0)
                .whenComplete((answer, failure) -> waiting.decrementAndGet())
                .thenApply(Answers::read);
    }

    private Message query(Name name, int type) {
        Message query = new Message(chance.below(0x10000));
        query.getHeader().setFlag(Flags.RD);
        query.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        return query;
    }

    private CompletionStage<Message> ask(Message query, int server) {
        return servers.get(server)
                .sendAsync(query, Runnable::run)
                .thenCompose(DnsjavaResolver::useful)
                .handle((answer, failure) -> Stream.of(answer)
                        .filter(good -> failure == null)
                        .findFirst()
                        .<CompletionStage<Message>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> next(query, server, failure)))
                .thenCompose(stage -> stage);
    }

    private CompletionStage<Message> next(Message query, int server, Throwable failure) {
        return server + 1 < servers.size() ? ask(query, server + 1) : CompletableFuture.failedFuture(failure);
    }

    private static CompletionStage<Message> useful(Message answer) {
        int rcode = answer.getRcode();
        return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN
                ? CompletableFuture.completedFuture(answer)
                : CompletableFuture.failedFuture(new IOException("the name server answered " + Rcode.string(rcode)));
    }
}
