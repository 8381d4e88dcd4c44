package org.sipring.overlay.forming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.overlay.forming.Forming.Published;
import org.sipring.overlay.forming.Greeting.Phase;

class FormingTest {
    private static final String OURS = "p1";
    private static final String THEIRS = "p2";

    // A newcomer has an empty data directory.

    @Test
    void aNewcomerJoinsALiveMember() {
        assertThat(newcomer().hears(member("n1", OURS)).decides()).isEqualTo(new Decision.Join(OURS));
    }

    @Test
    void aNewcomerNeverFormsByItself() {
        assertThat(newcomer().decides()).isInstanceOf(Decision.Wait.class);
        assertThat(newcomer().hears(waiting("n2")).decides()).isInstanceOf(Decision.Wait.class);
    }

    @Test
    void aNewcomerIsToldOfBootstrap() {
        assertThat(reason(newcomer().decides())).contains("--bootstrap");
    }

    @Test
    void aNewcomerRefusesToChooseBetweenTwoPlatforms() {
        Decision decision =
                newcomer().hears(member("n1", OURS), member("n2", THEIRS)).decides();

        assertThat(reason(decision)).contains(OURS, THEIRS);
        assertThat(decision).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void aNewcomerDoesNotJoinWhoOnlyWaits() {
        assertThat(newcomer().hears(waiting("n1", roster(3, "n1", "n2"))).decides())
                .isInstanceOf(Decision.Wait.class);
    }

    @Test
    void aNewcomerHasNothingToForce() {
        assertThat(newcomer().forceForm().decides()).isInstanceOf(Decision.Refuse.class);
    }

    // --bootstrap makes a new platform.

    @Test
    void bootstrapMakesAPlatformWhereNoneIsPublished() {
        assertThat(newcomer().bootstrap().published(Published.NONE).decides()).isEqualTo(new Decision.Bootstrap());
    }

    @Test
    void bootstrapIsRefusedWherePlatformIsPublishedEvenIfNobodyAnswers() {
        assertThat(newcomer().bootstrap().published(Published.SOME).decides()).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void bootstrapIsRefusedWhereAMemberAnswers() {
        assertThat(newcomer()
                        .bootstrap()
                        .published(Published.NONE)
                        .hears(member("n2", OURS))
                        .decides())
                .isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void bootstrapWaitsForDnsToSayThatNoneIsPublished() {
        assertThat(newcomer().bootstrap().published(Published.UNKNOWN).decides())
                .isInstanceOf(Decision.Wait.class);
    }

    @Test
    void bootstrapIsRefusedOnANodeThatHasAPlatform() {
        assertThat(reason(node("n1", roster(1, "n1")).bootstrap().decides())).contains("without --bootstrap");
    }

    // A node that remembers its platform joins it, whatever else it could do.

    @Test
    void aNodeJoinsALiveMemberOfItsPlatform() {
        assertThat(node("n1", roster(3, "n1", "n2", "n3"))
                        .hears(member("n3", OURS), waiting("n2", roster(3, "n1", "n2", "n3")))
                        .decides())
                .isEqualTo(new Decision.Join(OURS));
    }

    @Test
    void aNodeRefusesMembersOfAnotherPlatformAndNamesBoth() {
        Decision decision =
                node("n1", roster(3, "n1", "n2")).hears(member("n2", THEIRS)).decides();

        assertThat(decision).isInstanceOf(Decision.Refuse.class);
        assertThat(reason(decision)).contains(OURS, THEIRS, "n2");
    }

    @Test
    void oneStrayMemberOfAnotherPlatformDoesNotKeepANodeFromItsOwn() {
        assertThat(node("n1", roster(3, "n1", "n2"))
                        .hears(member("n9", THEIRS), member("n2", OURS))
                        .decides())
                .isEqualTo(new Decision.Join(OURS));
    }

    @Test
    void aNodeJoinsEvenWhenToldToForce() {
        assertThat(node("n1", roster(3, "n1", "n2"))
                        .forceForm()
                        .hears(member("n2", OURS))
                        .decides())
                .isEqualTo(new Decision.Join(OURS));
    }

    // After a total restart a majority of the newest roster forms, by its lowest name.

    @Test
    void theLowestOfAMajorityForms() {
        Roster roster = roster(5, "n1", "n2", "n3");

        assertThat(node("n2", roster).hears(waiting("n3", roster)).decides()).isEqualTo(new Decision.Form(OURS));
        assertThat(reason(node("n3", roster).hears(waiting("n2", roster)).decides()))
                .contains("n2 is to form");
    }

    @Test
    void aMinorityWaitsAndNamesWhoIsMissing() {
        Decision decision = node("n1", roster(5, "n1", "n2", "n3")).decides();

        assertThat(decision).isInstanceOf(Decision.Wait.class);
        assertThat(((Decision.Wait) decision).missing()).containsExactlyInAnyOrder(id("n2"), id("n3"));
        assertThat(reason(decision)).contains("--force-form");
    }

    @Test
    void halfIsNoMajority() {
        assertThat(node("n1", roster(5, "n1", "n2")).decides()).isInstanceOf(Decision.Wait.class);
        Roster four = roster(5, "n1", "n2", "n3", "n4");
        assertThat(node("n1", four).hears(waiting("n2", four)).decides()).isInstanceOf(Decision.Wait.class);
    }

    @Test
    void theOnlyMemberOfAPlatformFormsAlone() {
        assertThat(node("n1", roster(1, "n1")).decides()).isEqualTo(new Decision.Form(OURS));
    }

    @Test
    void theNewestRosterCounts() {
        // n1 and n3 were a majority of the old roster, but the platform went on with n2 and n4.
        Roster old = roster(4, "n1", "n2", "n3");
        Roster fresh = roster(7, "n1", "n2", "n4");

        assertThat(node("n3", old).hears(waiting("n1", fresh)).decides()).isInstanceOf(Decision.Wait.class);
        assertThat(node("n1", fresh).hears(waiting("n3", old)).decides()).isInstanceOf(Decision.Wait.class);
        assertThat(node("n1", fresh)
                        .hears(waiting("n3", old), waiting("n2", old))
                        .decides())
                .isEqualTo(new Decision.Form(OURS));
    }

    @Test
    void whoIsNoLongerOnTheNewestRosterNeitherCountsNorForms() {
        Roster old = roster(4, "n1", "n2", "n3");
        Roster fresh = roster(7, "n2", "n3");

        assertThat(node("n1", old)
                        .hears(waiting("n2", fresh), waiting("n3", fresh))
                        .decides())
                .isInstanceOf(Decision.Wait.class);
        assertThat(node("n2", fresh)
                        .hears(waiting("n1", old), waiting("n3", fresh))
                        .decides())
                .isEqualTo(new Decision.Form(OURS));
    }

    @Test
    void whoWaitsOfAnotherPlatformDoesNotCount() {
        Roster theirs = new Roster(THEIRS, 9, seats("n1", "n2", "n3"));

        assertThat(node("n1", roster(5, "n1", "n2", "n3"))
                        .hears(waiting("n2", theirs))
                        .decides())
                .isInstanceOf(Decision.Wait.class);
    }

    @Test
    void newcomersDoNotCount() {
        assertThat(node("n1", roster(5, "n1", "n2", "n3")).hears(waiting("n2")).decides())
                .isInstanceOf(Decision.Wait.class);
    }

    @Test
    void nobodyFormsBesideOneWhoIsForming() {
        Roster roster = roster(5, "n1", "n2", "n3");
        Greeting forming = new Greeting(id("n3"), Phase.FORMING, Optional.of(roster));

        assertThat(reason(
                        node("n1", roster).hears(forming, waiting("n2", roster)).decides()))
                .contains("n3 is forming");
    }

    @Test
    void ofTwoWhoBeganToFormTheLowerGoesOn() {
        Roster roster = roster(5, "n1", "n2", "n3");
        Greeting three = new Greeting(id("n3"), Phase.FORMING, Optional.of(roster));
        Greeting one = new Greeting(id("n1"), Phase.FORMING, Optional.of(roster));

        assertThat(node("n1", roster).forming().hears(three).decides()).isEqualTo(new Decision.Form(OURS));
        assertThat(node("n3", roster).forming().hears(one).decides()).isInstanceOf(Decision.Wait.class);
    }

    @Test
    void theOperatorMayFormWithAMinority() {
        assertThat(node("n3", roster(5, "n1", "n2", "n3")).forceForm().decides())
                .isEqualTo(new Decision.Form(OURS));
    }

    @Test
    void whoeverIsAwakeNoTwoNodesFormAtOnce() {
        // Every subset of five nodes that see each other: at most one forms, and one does where they are a majority.
        List<String> names = List.of("n1", "n2", "n3", "n4", "n5");
        Roster roster = roster(9, names.toArray(String[]::new));
        for (int subset = 1; subset < 32; subset++) {
            List<String> awake = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                if ((subset >> i & 1) == 1) {
                    awake.add(names.get(i));
                }
            }
            long forming = awake.stream()
                    .filter(self -> node(self, roster)
                            .hears(awake.stream()
                                    .filter(other -> !other.equals(self))
                                    .map(other -> waiting(other, roster))
                                    .toArray(Greeting[]::new))
                            .decides()
                            .equals(new Decision.Form(OURS)))
                    .count();
            assertThat(forming).as("awake: %s", awake).isEqualTo(awake.size() >= 3 ? 1 : 0);
        }
    }

    private static Case newcomer() {
        return new Case("n5", Optional.empty());
    }

    private static Case node(String name, Roster memory) {
        return new Case(name, Optional.of(memory));
    }

    private static Roster roster(long generation, String... names) {
        return new Roster(OURS, generation, seats(names));
    }

    private static List<Roster.Seat> seats(String... names) {
        return Stream.of(names)
                .map(name -> new Roster.Seat(id(name), "127.0.0.1", 7600))
                .toList();
    }

    private static Greeting member(String name, String platform) {
        return new Greeting(id(name), Phase.MEMBER, Optional.of(new Roster(platform, 1, seats(name))));
    }

    private static Greeting waiting(String name) {
        return new Greeting(id(name), Phase.WAITING, Optional.empty());
    }

    private static Greeting waiting(String name, Roster roster) {
        return new Greeting(id(name), Phase.WAITING, Optional.of(roster));
    }

    private static NodeId id(String name) {
        return new NodeId(name);
    }

    private static String reason(Decision decision) {
        if (decision instanceof Decision.Wait wait) {
            return wait.reason();
        }
        return decision instanceof Decision.Refuse refuse ? refuse.reason() : decision.toString();
    }

    private static final class Case {
        private final String self;
        private final Optional<Roster> memory;
        private Wish wish = Wish.JOIN;
        private Published published = Published.NONE;
        private List<Greeting> heard = List.of();
        private boolean forming;

        Case(String self, Optional<Roster> memory) {
            this.self = self;
            this.memory = memory;
        }

        Case bootstrap() {
            wish = Wish.BOOTSTRAP;
            return this;
        }

        Case forceForm() {
            wish = Wish.FORCE_FORM;
            return this;
        }

        Case published(Published state) {
            published = state;
            return this;
        }

        Case hears(Greeting... greetings) {
            heard = List.of(greetings);
            return this;
        }

        Case forming() {
            forming = true;
            return this;
        }

        Decision decides() {
            return Forming.decide(new Forming.Situation(id(self), memory, wish, published, heard, forming));
        }
    }
}
