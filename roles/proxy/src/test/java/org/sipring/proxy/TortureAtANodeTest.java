package org.sipring.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sipring.sip.HostPort;
import org.sipring.testkit.torture.Rfc4475Valid;
import org.sipring.testkit.torture.Torture;
import org.sipring.testkit.torture.TortureMessage;

/**
 * RFC 4475 and RFC 5118 at a real node: each message gets the answer that a registrar and proxy owes it, or none, and the
 * next phone is served as ever.
 */
@Timeout(20)
final class TortureAtANodeTest {
    private static final Pattern FINAL = Pattern.compile("(?m)^SIP/2\\.0 ([2-6]\\d\\d) ");
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /**
     * The final responses that a phone gets.
     *
     * @param answers to what it sent
     * @param ordinary to the ordinary request behind it
     */
    private record Heard(List<Integer> answers, List<Integer> ordinary) {}

    /** How a node that serves sipring.test, with the users ada and grace, takes what is sound. */
    private enum Outcome {
        /** A proxy forwards what it need not understand, RFC 3261 section 16.3, and grace's phone answers 200. */
        REACHES_GRACE(200, 407),
        /** The Request-URI names no user, RFC 3261 section 21.4.5. */
        NO_USER(404, 407),
        /** The registrar takes it. */
        REGISTERS(200, 401),
        /** To names no user, RFC 3261 section 10.3 step 5. */
        NO_ACCOUNT(404, 401),
        /** RFC 4475 section 3.1.2.13. */
        MALFORMED_CONTACT(400, 401),
        /** RFC 3261 section 10.2: To is no SIP URI. RFC 4475 section 3.3.4 asks for a refusal. */
        NO_ADDRESS_OF_RECORD(400),
        /** RFC 3261 section 16.3 step 2. */
        UNKNOWN_SCHEME(416),
        /** RFC 3261 section 16.3 step 5. */
        UNKNOWN_EXTENSION(420),
        /** RFC 3261 section 16.3 step 3. */
        NO_HOPS_LEFT(483),
        /** For others, and nothing is relayed to them. */
        OF_OTHERS(403),
        /** Responses to requests that nobody sent are answered by nobody. */
        STRAY_RESPONSE(0);

        private final int believed;
        private final int asked;

        /**
         * One that depends on the node.
         *
         * @param believed what a node answers that believes whoever it hears
         * @param asked what a node answers whose users must prove who they are
         */
        Outcome(int believed, int asked) {
            this.believed = believed;
            this.asked = asked;
        }

        Outcome(int status) {
            this(status, status);
        }

        static Outcome of(TortureMessage message) {
            return switch (message.name()) {
                case "wsinv",
                        "esc02",
                        "lwsdisp",
                        "transports",
                        "mpart01",
                        "baddate",
                        "invut",
                        "sdp01",
                        "inv2543",
                        "ipv4-mapped-ipv6" -> REACHES_GRACE;
                case "intmeth", "esc01", "longreq", "semiuri" -> NO_USER;
                case "dblreq", "regaut01", "cparam01", "cparam02", "regescrt" -> REGISTERS;
                case "escnull" -> NO_ACCOUNT;
                case "regbadct" -> MALFORMED_CONTACT;
                case "unksm2" -> NO_ADDRESS_OF_RECORD;
                case "unkscm", "novelsc" -> UNKNOWN_SCHEME;
                case "bext01" -> UNKNOWN_EXTENSION;
                case "zeromf" -> NO_HOPS_LEFT;
                case "unreason", "noreason", "bcast" -> STRAY_RESPONSE;
                case "ipv6-good",
                        "port-ambiguous",
                        "port-unambiguous",
                        "via-received-param-with-delim",
                        "via-received-param-no-delim",
                        "ipv6-in-sdp",
                        "mult-ip-in-header",
                        "mult-ip-in-sdp",
                        "ipv6-bug-abnf-3-colons",
                        "ipv6-correct-abnf-2-colons" -> OF_OTHERS;
                default -> throw new IllegalArgumentException("what becomes of " + message + '?');
            };
        }

        List<Integer> answers(boolean digest) {
            return this == STRAY_RESPONSE ? List.of() : List.of(digest ? asked : believed);
        }
    }

    static Stream<Arguments> all() {
        return Torture.all().stream()
                .flatMap(message -> Stream.of(false, true).map(digest -> Arguments.of(message, digest)));
    }

    private static List<Integer> ofADatagram(TortureMessage message, boolean digest) {
        return message.verdict() == TortureMessage.Verdict.PARSED
                ? Outcome.of(message).answers(digest)
                : message.answers();
    }

    private static List<Integer> ofAStream(TortureMessage message, boolean digest) {
        if (message.equals(Rfc4475Valid.EXTRA_TRAILING_OCTETS)) {
            // They are an INVITE.
            return Stream.of(Outcome.REGISTERS, Outcome.REACHES_GRACE)
                    .flatMap(outcome -> outcome.answers(digest).stream())
                    .toList();
        }
        boolean alike = message.streamed().equals(message.answers());
        return alike ? ofADatagram(message, digest) : message.streamed();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDatagramIsAnsweredAsItDeservesAndTheNextPhoneAsEver(TortureMessage message, boolean digest)
            throws IOException {
        List<Integer> wanted = ofADatagram(message, digest);
        try (LoneNode node = node(LOOPBACK, digest);
                PleasedPhone grace = new PleasedPhone(LOOPBACK);
                DatagramSocket phone = new DatagramSocket(0, LOOPBACK)) {
            register(grace, node, digest);
            assertThat(heard(node, phone, message.from(phone.getLocalPort()), wanted.size()))
                    .isEqualTo(new Heard(wanted, ordinary(digest)));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStreamIsAnsweredAsItDeservesAndTheNextPhoneAsEver(TortureMessage message, boolean digest) throws IOException {
        List<Integer> wanted = ofAStream(message, digest);
        try (LoneNode node = node(LOOPBACK, digest);
                PleasedPhone grace = new PleasedPhone(LOOPBACK)) {
            register(grace, node, digest);
            assertThat(stream(node, message.from(5060), wanted.size())).containsExactlyInAnyOrderElementsOf(wanted);
            byte[] next = PleasedPhone.request("ada", new InetSocketAddress(LOOPBACK, 5060));
            assertThat(stream(node, next, 1)).isEqualTo(ordinary(digest));
        }
    }

    /** RFC 5118 section 4, where the address is the node's own. */
    @ParameterizedTest
    @CsvSource({
        "ipv6-good, 200",
        "port-unambiguous, 200",
        "via-received-param-with-delim, 404",
        "via-received-param-no-delim, 404",
        "ipv6-in-sdp, 200",
        "mult-ip-in-sdp, 200"
    })
    void aNodeAnswersForItsIpv6Address(String name, int status) throws IOException {
        InetAddress host = InetAddress.getByName("::1");
        TortureMessage message = Torture.all().stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
        try (LoneNode node = node(host, false);
                PleasedPhone grace = new PleasedPhone(host);
                DatagramSocket phone = new DatagramSocket(0, host)) {
            register(grace, node, false);
            String text = new String(message.from(phone.getLocalPort()), StandardCharsets.UTF_8)
                    .replaceFirst(
                            "\\[2001:db8::77](:5070)?",
                            HostPort.of(node.phones()).toString());
            assertThat(heard(node, phone, text.getBytes(StandardCharsets.UTF_8), 1))
                    .isEqualTo(new Heard(List.of(status), ordinary(false)));
        }
    }

    private static LoneNode node(InetAddress host, boolean digest) {
        return LoneNode.open(host.getHostAddress(), digest, List.of("ada", "grace"));
    }

    // Who is asked for a proof does not get as far as to her.
    private static void register(PleasedPhone grace, LoneNode node, boolean digest) throws IOException {
        if (!digest) {
            grace.register("grace", node.phones());
        }
    }

    private static List<Integer> ordinary(boolean digest) {
        return List.of(digest ? 401 : 200);
    }

    /** Sends a datagram and, when so many answers are there, an ordinary one. */
    private static Heard heard(LoneNode node, DatagramSocket phone, byte[] message, int answers) throws IOException {
        phone.setSoTimeout(10_000);
        phone.send(new DatagramPacket(message, message.length, node.phones()));
        // As a set: a refusal that nobody acknowledges is repeated.
        Set<String> heard = new LinkedHashSet<>();
        while (statuses(heard).size() < answers) {
            heard.add(receive(phone));
        }
        byte[] next = PleasedPhone.request("ada", (InetSocketAddress) phone.getLocalSocketAddress());
        phone.send(new DatagramPacket(next, next.length, node.phones()));
        String last = receive(phone);
        for (; !last.contains("Call-ID: ordinary\r\n"); last = receive(phone)) {
            heard.add(last);
        }
        return new Heard(statuses(heard), statuses(Set.of(last)));
    }

    private static String receive(DatagramSocket phone) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        phone.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    /** Sends all that is to be sent over a connection and, when so many answers are there, hears whether more come. */
    private static List<Integer> stream(LoneNode node, byte[] message, int answers) throws IOException {
        try (Socket phone = new Socket()) {
            phone.connect(node.phones(), 5_000);
            phone.setSoTimeout(10_000);
            phone.getOutputStream().write(message);
            StringBuilder heard = new StringBuilder();
            while (statuses(Set.of(heard.toString())).size() < answers) {
                int next = phone.getInputStream().read();
                if (next < 0) {
                    break;
                }
                heard.append((char) next);
            }
            phone.shutdownOutput();
            heard.append(new String(phone.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
            return statuses(Set.of(heard.toString()));
        }
    }

    /** The final ones. */
    private static List<Integer> statuses(Set<String> answers) {
        return answers.stream()
                .flatMap(answer -> FINAL.matcher(answer).results())
                .map(line -> Integer.valueOf(line.group(1)))
                .toList();
    }
}
