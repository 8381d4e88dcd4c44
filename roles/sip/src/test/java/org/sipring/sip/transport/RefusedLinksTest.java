package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.testkit.SimTime;

/** Strangers do not fill the log. */
final class RefusedLinksTest {
    private final SimTime time = new SimTime();
    private final List<String> log = new ArrayList<>();
    private final RefusedLinks refused = new RefusedLinks(
            "node link", log::add, (delay, task) -> time.ticker().after(delay, task));

    private void refuse(int links) {
        for (int i = 0; i < links; i++) {
            refused.add("192.0.2." + i, "not TLS");
        }
    }

    @Test
    void theFirstIsNamedAndTheOthersAreCounted() {
        refuse(1_000);
        assertThat(log).containsExactly("node link with 192.0.2.0 refused: not TLS");
        time.advance(RefusedLinks.COUNTED);
        assertThat(log).hasSize(2).last().isEqualTo("999 more refusals (node link) within 10 s");
    }

    @Test
    void oneAloneNeedsNoSumAndAfterAWhileTheNextIsNamed() {
        refuse(1);
        time.advance(RefusedLinks.COUNTED);
        assertThat(log).hasSize(1);
        refuse(1);
        assertThat(log).hasSize(2);
    }
}
