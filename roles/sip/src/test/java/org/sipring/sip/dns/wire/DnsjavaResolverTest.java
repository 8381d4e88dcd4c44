package org.sipring.sip.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.sip.SipUri;
import org.sipring.sip.locate.Answer;
import org.sipring.sip.locate.Locator;
import org.sipring.sip.locate.NextHop;
import org.sipring.sip.locate.Protocol;
import org.sipring.sip.locate.Question;
import org.sipring.sip.locate.Reach;
import org.sipring.testkit.SimChance;

/** The resolver against BIND, and against nobody. */
@Tag("acceptance")
@Timeout(60)
final class DnsjavaResolverTest {
    private static final String[] ZONE = {
        "@ IN NAPTR 10 50 \"s\" \"SIP+D2T\" \"\" _sip._tcp",
        "@ IN NAPTR 20 50 \"s\" \"SIP+D2U\" \"\" _sip._udp",
        "_sip._tcp IN SRV 10 0 5070 a",
        "_sip._tcp IN SRV 20 0 5060 b",
        "_sip._udp IN SRV 0 0 0 .",
        "a IN A 192.0.2.1",
        "b IN CNAME c",
        "c 7 IN A 192.0.2.2",
        "c IN AAAA 2001:db8::2"
    };
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final SimChance chance = new SimChance(1);

    @TempDir
    private Path folder = Path.of("");

    private DnsjavaResolver resolver(Duration limit, InetSocketAddress... servers) {
        return new DnsjavaResolver(List.of(servers), limit, 3, chance);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Answer ask(DnsjavaResolver resolver, Question.Kind kind, String name) {
        return join(resolver.ask(new Question(kind, name)));
    }

    @Test
    void aDomainAtBindIsFound() throws Exception {
        try (Bind bind = Bind.start(folder, ZONE)) {
            Reach reach = new Reach(List.of(Protocol.UDP, Protocol.TCP), false);
            Locator locator = new Locator(resolver(LIMIT, bind.address()), reach, chance);
            assertThat(join(locator.locate(SipUri.parse("sip:a@example.test").orElseThrow()))
                            .hops())
                    .containsExactly(
                            new NextHop(Protocol.TCP, new InetSocketAddress("192.0.2.1", 5070)),
                            new NextHop(Protocol.TCP, new InetSocketAddress("192.0.2.2", 5060)));
        }
    }

    @Test
    void anAnswerTellsHowLongItHolds() throws Exception {
        try (Bind bind = Bind.start(folder, ZONE)) {
            DnsjavaResolver resolver = resolver(LIMIT, bind.address());
            assertThat(ask(resolver, Question.Kind.A, "a.example.test").ttl()).isEqualTo(Duration.ofSeconds(30));
            assertThat(ask(resolver, Question.Kind.A, "b.example.test").ttl()).isEqualTo(Duration.ofSeconds(7));
            Answer nothing = ask(resolver, Question.Kind.A, "nobody.example.test");
            assertThat(nothing).isEqualTo(new Answer(List.of(), Duration.ofSeconds(5)));
            assertThat(ask(resolver, Question.Kind.AAAA, "a.example.test")).isEqualTo(nothing);
            assertThat(ask(resolver, Question.Kind.SRV, "_sip._udp.example.test")
                            .records())
                    .containsExactly(new Answer.Srv(0, 0, 0, ""));
        }
    }

    @Test
    void whatIsTooLongForADatagramIsAskedOverTcp() throws Exception {
        String[] many = IntStream.range(0, 90)
                .mapToObj(i -> "_sip._udp IN SRV 1 1 5060 server-with-a-long-name-" + i)
                .toArray(String[]::new);
        try (Bind bind = Bind.start(folder, many)) {
            Answer answer = ask(resolver(LIMIT, bind.address()), Question.Kind.SRV, "_sip._udp.example.test");
            // As many as are kept of one answer; a datagram has room for less than half of these.
            assertThat(answer.records()).hasSize(64);
        }
    }

    @Test
    void theSecondServerIsAskedWhereTheFirstRefusesOrIsSilent() throws Exception {
        try (Bind bind = Bind.start(folder, ZONE);
                DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress nobody = (InetSocketAddress) silent.getLocalSocketAddress();
            DnsjavaResolver resolver = resolver(Duration.ofSeconds(1), nobody, bind.address());
            assertThat(ask(resolver, Question.Kind.A, "a.example.test").records())
                    .hasSize(1);
            assertThatThrownBy(() -> ask(resolver, Question.Kind.A, "a.other.test"))
                    .hasMessageContaining("REFUSED");
        }
    }

    @Test
    void noMoreQuestionsWaitThanAllowed() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            DnsjavaResolver resolver =
                    resolver(Duration.ofSeconds(1), (InetSocketAddress) silent.getLocalSocketAddress());
            List<CompletionStage<Answer>> asked = Stream.of("a", "b", "c", "d")
                    .map(name -> resolver.ask(new Question(Question.Kind.A, name)))
                    .toList();
            assertThatThrownBy(() -> join(asked.get(3))).hasMessageContaining("too many questions");
            asked.forEach(stage -> assertThatThrownBy(() -> join(stage)).isNotNull());
            assertThatThrownBy(() -> ask(resolver, Question.Kind.A, "e")).hasMessageNotContaining("too many");
        }
    }

    @Test
    void aNameThatCannotBePublishedIsNotThere() {
        DnsjavaResolver resolver = resolver(LIMIT, new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
        assertThat(ask(resolver, Question.Kind.A, "a..test").records()).isEmpty();
        assertThat(ask(resolver, Question.Kind.A, "x".repeat(70)).records()).isEmpty();
    }
}
