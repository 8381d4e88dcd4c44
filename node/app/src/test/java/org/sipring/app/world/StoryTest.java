package org.sipring.app.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;

/** Single misfortunes, and how long the platform takes to be right again. */
class StoryTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private World world = World.of(3);

    @AfterEach
    void allRulesHeld() {
        assertThat(world.verdict()).as(world.trace()).isEmpty();
    }

    @Test
    void allReadyNodesAreInDns() {
        assertThat(proxies()).containsExactly("127.0.0.11", "127.0.0.12", "127.0.0.13");
    }

    @Test
    void aKilledManagerIsOutWithinASecond() {
        world.kill(world.node("n1"));
        world.pass(SECOND);

        assertThat(proxies()).containsExactly("127.0.0.12", "127.0.0.13");
    }

    @Test
    void aHungManagerIsOutWithinTenSeconds() {
        world.node("n1").overlay().host().hang();
        world.pass(Duration.ofSeconds(10));

        assertThat(proxies()).containsExactly("127.0.0.12", "127.0.0.13");
    }

    @Test
    void aHungManagerThatGoesOnUndoesNothing() {
        world.node("n1").overlay().host().hang();
        world.pass(Duration.ofSeconds(10));
        world.kill(world.node("n3"));
        world.pass(SECOND);
        world.node("n1").overlay().host().resume();
        world.pass(SECOND);

        assertThat(proxies()).containsExactly("127.0.0.12");
    }

    @Test
    void ofTwoNodesADeadHolderIsOutWithinFortySeconds() {
        world = World.of(2);
        world.kill(world.node("n1"));
        world.pass(Duration.ofSeconds(25));
        assertThat(proxies()).hasSize(2);

        world.pass(Duration.ofSeconds(15));
        assertThat(proxies()).containsExactly("127.0.0.12");
    }

    @Test
    void aPartIsWrittenByTheLargerSideOnlyAndHeals() {
        world.network().part(List.of(new NodeId("n1")), List.of(new NodeId("n2"), new NodeId("n3")));
        world.pass(Duration.ofSeconds(60));
        assertThat(proxies()).containsExactly("127.0.0.12", "127.0.0.13");

        world.network().mend();
        world.pass(Duration.ofSeconds(10));
        assertThat(proxies()).hasSize(3);
    }

    @Test
    void aOneWayCutIsWrittenByOneSideOnlyAndHeals() {
        world.network().cut(new NodeId("n2"), new NodeId("n1"));
        world.pass(Duration.ofSeconds(60));
        assertThat(proxies()).hasSize(2);

        world.network().mend();
        world.pass(Duration.ofSeconds(10));
        assertThat(proxies()).hasSize(3);
    }

    @Test
    void afterTenMinutesWithoutANameServerTheZoneIsRightWithinFiveSeconds() {
        world.primary().off();
        world.pass(Duration.ofMinutes(4));
        world.kill(world.node("n1"));
        world.pass(Duration.ofMinutes(6));
        assertThat(proxies()).hasSize(3);
        assertThat(world.phones().acknowledged()).hasSize(3);

        world.primary().back();
        world.pass(Duration.ofSeconds(5));
        assertThat(proxies()).containsExactly("127.0.0.12", "127.0.0.13");
    }

    @Test
    void afterAPowerCutOfAllThereIsOnePlatformAgainWithinThirtySeconds() {
        world.powerCut();
        world.pass(SECOND);
        world.dead().forEach(world::start);
        world.pass(Duration.ofSeconds(30));
        world.kill(world.node("n2"));
        world.pass(SECOND);

        assertThat(proxies()).containsExactly("127.0.0.11", "127.0.0.13");
    }

    @Test
    void aCallThatWasSetUpCanBeEndedThroughAnotherNodeThanTheDeadOne() {
        List<Phone> phones = world.phones().all();
        Call call = world.calls().begin(phones.get(0), phones.get(2).aor(), Optional.empty());
        phones.get(0).call(call, world.node("n1").sip().phones());
        world.pass(Duration.ofSeconds(5), call::up);
        world.kill(world.node("n1"));
        world.pass(SECOND);

        List<Integer> answers = new ArrayList<>();
        phones.get(0).hangUp(call, answers::add);
        world.pass(SECOND);
        assertThat(answers).containsExactly(200);
        assertThat(call.over()).isTrue();
    }

    private Set<String> proxies() {
        return world.primary().proxies();
    }
}
