package org.sipring.dns.wire;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Chance;
import org.sipring.api.Ticker;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Finds the hosts of a service (RFC 2782), freshly asked each time. Looks at the resolvers in turn until one answers.
 */
public final class SrvLookup {
    /** Enough to meet a living node; a platform may publish many more. */
    private static final int MOST_TARGETS = 64;

    private static final Duration USUAL_LIMIT = Duration.ofSeconds(1);
    private static final Comparator<SRVRecord> BY_PRIORITY = Comparator.comparingInt(SRVRecord::getPriority)
            .thenComparing(Comparator.comparingInt(SRVRecord::getWeight).reversed());

    private final List<InetSocketAddress> resolvers;
    private final Duration limit;
    private final Ticker time;
    private final Chance chance;

    /**
     * Looks up with a limit of one second for each question and resolver.
     *
     * @param resolvers whom to ask, such as {@link #systemResolvers()}; resolved addresses
     * @param time of the limits
     * @param chance numbers the questions
     */
    public SrvLookup(List<InetSocketAddress> resolvers, Ticker time, Chance chance) {
        this(resolvers, USUAL_LIMIT, time, chance);
    }

    /**
     * Looks up with another limit.
     *
     * @param resolvers whom to ask; resolved addresses
     * @param limit for each question and resolver
     * @param time of the limits
     * @param chance numbers the questions
     */
    public SrvLookup(List<InetSocketAddress> resolvers, Duration limit, Ticker time, Chance chance) {
        if (resolvers.isEmpty()) {
            throw new IllegalArgumentException("no resolver: name one, or put one into /etc/resolv.conf");
        }
        this.resolvers = List.copyOf(resolvers);
        this.limit = limit;
        this.time = time;
        this.chance = chance;
    }

    /**
     * The resolvers that this host is configured with.
     *
     * @return at least one: the host itself when nothing is configured
     */
    public static List<InetSocketAddress> systemResolvers() {
        List<InetSocketAddress> servers = ResolverConfig.getCurrentConfig().servers();
        return servers.isEmpty() ? List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53)) : servers;
    }

    /**
     * Finds the hosts of a service and waits for it in the calling thread.
     *
     * @param service an absolute name such as {@code _sipring._tcp.sipring.test.}
     * @return addresses and ports, by priority and weight, at most those of 64 targets; empty when the service is not
     *     published
     * @throws IOException when no resolver answers, or none knows the address of any target
     */
    public List<InetSocketAddress> find(String service) throws IOException {
        Message answer = ask(Records.name(service), Type.SRV);
        List<SRVRecord> targets = answer.getSection(Section.ANSWER).stream()
                .filter(SRVRecord.class::isInstance)
                .map(SRVRecord.class::cast)
                // RFC 2782: the root as target says that there is no such service.
                .filter(record -> record.getTarget().labels() > 1)
                .sorted(BY_PRIORITY)
                .limit(MOST_TARGETS)
                .toList();
        return targets.isEmpty() ? List.of() : resolve(service, targets, answer);
    }

    /** Stops at the first failure: a resolver that dies now would cost a second for each of the other targets. */
    private List<InetSocketAddress> resolve(String service, List<SRVRecord> targets, Message answer)
            throws IOException {
        Set<InetSocketAddress> found = new LinkedHashSet<>();
        IOException trouble = new IOException(service + " is published, but none of its targets has an address");
        try {
            for (SRVRecord target : targets) {
                addresses(target.getTarget(), answer)
                        .forEach(address -> found.add(new InetSocketAddress(address, target.getPort())));
            }
        } catch (IOException e) {
            trouble = e;
        }
        if (found.isEmpty()) {
            throw trouble;
        }
        return List.copyOf(found);
    }

    private List<InetAddress> addresses(Name host, Message answer) throws IOException {
        List<InetAddress> glue = addresses(host, answer.getSection(Section.ADDITIONAL));
        if (!glue.isEmpty()) {
            return glue;
        }
        List<InetAddress> found = new ArrayList<>();
        found.addAll(addresses(null, ask(host, Type.A).getSection(Section.ANSWER)));
        found.addAll(addresses(null, ask(host, Type.AAAA).getSection(Section.ANSWER)));
        return found;
    }

    private static List<InetAddress> addresses(@Nullable Name host, List<Record> records) {
        List<InetAddress> found = new ArrayList<>();
        for (Record record : records) {
            boolean wanted = host == null || record.getName().equals(host);
            if (wanted && record instanceof ARecord a) {
                found.add(a.getAddress());
            } else if (wanted && record instanceof AAAARecord aaaa) {
                found.add(aaaa.getAddress());
            }
        }
        return found;
    }

    /** The first good answer; NOERROR or NXDOMAIN. */
    private Message ask(Name name, int type) throws IOException {
        List<String> troubles = new ArrayList<>();
        for (InetSocketAddress resolver : resolvers) {
            try {
                Message answer = ask(name, type, Deadline.in(limit, time, resolver));
                int rcode = answer.getRcode();
                if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
                    return answer;
                }
                troubles.add(Deadline.text(resolver) + " answered " + Rcode.string(rcode));
            } catch (IOException e) {
                troubles.add(Deadline.text(resolver) + ": " + (e.getMessage() == null ? "no answer" : e.getMessage()));
            }
        }
        throw new IOException("cannot look up " + name + " " + Type.string(type) + ": " + String.join("; ", troubles));
    }

    private Message ask(Name name, int type, Deadline deadline) throws IOException {
        Message query = new Message(chance.below(0x10000));
        query.getHeader().setFlag(Flags.RD);
        query.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        query.addRecord(new OPTRecord(Request.EDNS_UDP, 0, 0), Section.ADDITIONAL);
        byte[] bytes = query.toWire(Message.MAXLENGTH);
        Message answer = overUdp(query, bytes, deadline);
        if (!answer.getHeader().getFlag(Flags.TC)) {
            return answer;
        }
        try (TcpExchange exchange = TcpExchange.open(deadline)) {
            exchange.send(bytes);
            Message whole = new Message(exchange.receive());
            if (!answers(whole, query)) {
                throw new IOException(Deadline.text(deadline.server()) + " answered what was not asked");
            }
            return whole;
        }
    }

    /** What is not the answer is overlooked until the deadline: anybody can send datagrams. */
    private static Message overUdp(Message query, byte[] bytes, Deadline deadline) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(deadline.server());
            socket.send(new DatagramPacket(bytes, bytes.length));
            byte[] in = new byte[4096];
            while (true) {
                DatagramPacket packet = new DatagramPacket(in, in.length);
                socket.setSoTimeout(deadline.millisLeft());
                socket.receive(packet);
                Message answer = parse(Arrays.copyOf(in, packet.getLength()));
                if (answer != null && answers(answer, query)) {
                    return answer;
                }
            }
        }
    }

    private static @Nullable Message parse(byte[] bytes) {
        try {
            return new Message(bytes);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static boolean answers(Message answer, Message query) {
        return answer.getHeader().getFlag(Flags.QR)
                && answer.getHeader().getID() == query.getHeader().getID()
                && query.getQuestion().equals(answer.getQuestion());
    }
}
