package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sipring.dns.DnsDesk.Answer;
import org.sipring.dns.DnsDesk.Question;
import org.sipring.dns.plan.Views;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTime;

/** Any node can say how DNS is. */
class DnsDeskTest {
    private static final DnsState WRITES = DnsState.unknown(Views.id(1), "writes");
    private static final DnsState IDLE = DnsState.unknown(Views.id(2), "stands by");
    private static final ZoneReport REPORT = new ZoneReport(List.of(), "no fence", List.of("broken"));

    private final SimTime time = new SimTime();
    private final SimOverlay n1 = new SimOverlay(Views.id(1), time.ticker());
    private final SimOverlay n2 = new SimOverlay(Views.id(2), time.ticker());
    private final DnsDesk other = new DnsDesk(n2, () -> IDLE);

    @Test
    void theManagerIsAsked() {
        manager();
        assertThat(other.state()).isCompletedWithValue(WRITES);
        assertThat(other.ask(Question.SHOW)).isCompletedWithValue(new Answer(false, REPORT.show()));
        assertThat(other.ask(Question.VERIFY)).isCompletedWithValue(new Answer(false, REPORT.verify()));
    }

    @Test
    void theManagerAnswersItself() {
        DnsDesk desk = manager();
        assertThat(desk.state()).isCompletedWithValue(WRITES);
        assertThat(desk.ask(Question.VERIFY)).isCompletedWithValue(new Answer(false, REPORT.verify()));
    }

    @Test
    void withoutAManagerTheNodeSaysWhatItKnows() {
        assertThat(other.state()).isCompletedWithValue(IDLE);
        assertThat(other.ask(Question.SHOW)).isCompletedExceptionally();
    }

    @Test
    void whereTheManagerIsSilentTheNodeSaysWhatItKnows() {
        manager();
        n1.disconnect(n2);
        assertThat(other.state()).isCompletedWithValue(IDLE);
    }

    private DnsDesk manager() {
        n1.show(Views.node(1), Views.node(2));
        n2.show(Views.node(1), Views.node(2));
        n1.connect(n2);
        return new DnsDesk(n1, () -> WRITES, () -> CompletableFuture.completedFuture(REPORT));
    }
}
