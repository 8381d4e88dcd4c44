package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a replica may be read from, and when it has to begin anew. */
final class MembershipTest {
    private final Membership membership = new Membership();

    @Test
    void whoHasAppliedTheEntryThatTookItInBelongsToTheGroup() {
        membership.configured(false, true, 3);
        assertThat(membership.reached(7)).isFalse();

        membership.configured(true, false, 8);
        assertThat(membership.isMember()).isFalse();

        assertThat(membership.reached(8)).isTrue();
        assertThat(membership.isMember()).isTrue();
        assertThat(membership.reached(9)).as("once").isFalse();
    }

    @Test
    void whoIsLeftOutIsDismissed() {
        membership.configured(true, true, 3);
        membership.reached(3);
        membership.configured(false, false, 5);
        assertThat(membership.isDismissed())
                .as("while the old ones vote as well")
                .isFalse();

        membership.configured(false, true, 6);

        assertThat(membership.isDismissed()).isTrue();
        assertThat(membership.isMember()).isFalse();
        assertThat(membership.isTakenInAgain(6)).isFalse();
        assertThat(membership.isTakenInAgain(7)).isTrue();
    }

    @Test
    void whatWasBeforeItCameDismissesNobody() {
        membership.configured(true, true, 5);
        membership.reached(9);
        membership.configured(false, true, 0);
        membership.reached(0);

        assertThat(membership.isDismissed()).isFalse();
        assertThat(membership.isMember()).isTrue();
    }

    @Test
    void whatTheOthersSayHolds() {
        membership.configured(true, true, 5);
        membership.reached(9);
        membership.dismiss(5);

        assertThat(membership.isMember()).isFalse();
    }
}
