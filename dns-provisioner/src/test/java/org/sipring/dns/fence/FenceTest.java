package org.sipring.dns.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.dns.plan.Views.POLICY;
import static org.sipring.dns.plan.Views.id;
import static org.sipring.dns.plan.Views.ids;
import static org.sipring.dns.plan.Views.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.dns.fence.Fence.Permission;
import org.sipring.dns.fence.FenceMemory.Mark;
import org.sipring.dns.plan.Views;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;

/** Who may write the zone, and what the fence says next. */
class FenceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final View THREE = Views.ready(1, 2, 3);

    @Test
    void theCandidateIsTheOldestReadyMemberPermittedTheRole() {
        View view = Views.of(
                node(1, NodeState.DRAINING),
                node(2, NodeState.JOINING),
                node(3, "127.0.0.13", RoleName.PROXY),
                node(4),
                node(5));
        assertThat(fence(4).isCandidate(view)).isTrue();
        assertThat(List.of(1, 2, 3, 5)).noneMatch(number -> fence(number).isCandidate(view));
    }

    @Test
    void theFirstUpdateNeedsTheAbsenceOfTheFence() {
        assertThat(FenceRule.EXACT.prerequisites(Optional.empty(), POLICY.fence()))
                .containsExactly(new Update.Absent(POLICY.fence()));
    }

    @Test
    void everyOtherUpdateNeedsExactlyTheTextLastRead() {
        RrSet read = text(1, 3, 9).set(POLICY);
        assertThat(FenceRule.EXACT.prerequisites(Optional.of(read), POLICY.fence()))
                .containsExactly(new Update.Exactly(read));
    }

    @Test
    void theTextSaysPlatformEpochSeqHolderNonce() {
        assertThat(text(2, 3, 9).set(POLICY).data()).containsExactly("\"v1 p1 3 9 n2 00\"");
        assertThat(FenceText.parse(text(2, 3, 9).set(POLICY))).contains(text(2, 3, 9));
    }

    @Test
    void anUpdateCountsSeqAndOnlyAChangeOfHolderCountsEpoch() {
        assertThat(read(fence(1), text(1, 3, 9)).next("aa")).isEqualTo(text(1, 3, 10, "aa"));
        assertThat(read(fence(2), text(1, 3, 9)).next("bb")).isEqualTo(text(2, 4, 10, "bb"));
        assertThat(read(fence(1), null).next("cc")).isEqualTo(text(1, 1, 1, "cc"));
    }

    @Test
    void aMissingOrLowerFenceGoesOnAboveWhatIsRememberedAndIsLost() {
        Fence remembering = Fence.unread(id(1), Views.PLATFORM, new Mark(5, 50));
        Fence missing = read(remembering, null);
        assertThat(missing.isLost()).isTrue();
        assertThat(missing.next("aa")).isEqualTo(text(1, 6, 51, "aa"));
        Fence lower = read(remembering, text(1, 3, 9));
        assertThat(lower.isLost()).isTrue();
        assertThat(lower.next("aa")).isEqualTo(text(1, 6, 51, "aa"));
        assertThat(read(remembering, text(2, 7, 60)).isLost()).isFalse();
        assertThat(read(fence(1), null).isLost()).isFalse();
    }

    @Test
    void moreThanHalfOfThePublishedNodesMayWriteAtOnce() {
        Fence fence = read(fence(2), text(1, 1, 1));
        assertThat(fence.permission(Views.ready(2, 3), ids(1, 2, 3))).isEqualTo(Permission.MAJORITY);
        assertThat(fence.permission(Views.ready(2), ids(1, 2, 3))).isEqualTo(Permission.WAIT);
    }

    @Test
    void exactlyHalfMayWriteAtOnceWhenTheHolderIsAmongThem() {
        assertThat(read(fence(1), text(1, 1, 1)).permission(Views.ready(1), ids(1, 2)))
                .isEqualTo(Permission.MAJORITY);
        assertThat(read(fence(2), text(1, 1, 1)).permission(Views.ready(2), ids(1, 2)))
                .isEqualTo(Permission.WAIT);
    }

    @Test
    void nodesThatWereNeverPublishedDoNotCount() {
        Fence fence = read(fence(4), text(1, 1, 1));
        assertThat(fence.permission(Views.ready(4, 5, 6, 7), ids(1, 2, 3))).isEqualTo(Permission.WAIT);
    }

    @Test
    void whereNothingWasEverPublishedTheFirstMayWrite() {
        assertThat(read(fence(1), null).permission(Views.ready(1), Set.of())).isEqualTo(Permission.MAJORITY);
        assertThat(read(fence(2), text(1, 1, 1)).permission(Views.ready(2), Set.of()))
                .isEqualTo(Permission.WAIT);
    }

    @Test
    void withoutAMajorityThirtySecondsOfAnUnchangedTextAreNeeded() {
        View alone = Views.ready(2);
        Fence fence = read(fence(2), text(1, 1, 1), 0, SECOND, alone);
        Fence almost = read(fence, text(1, 1, 1), 30 * SECOND, 32 * SECOND, alone);
        assertThat(almost.permission(alone, ids(1, 2))).isEqualTo(Permission.WAIT);
        Fence silent = read(almost, text(1, 1, 1), 31 * SECOND, 33 * SECOND, alone);
        assertThat(silent.permission(alone, ids(1, 2))).isEqualTo(Permission.SILENCE);
    }

    @Test
    void aChangedTextBeginsTheThirtySecondsAnew() {
        View alone = Views.ready(2);
        Fence fence = read(fence(2), text(1, 1, 1), 0, SECOND, alone);
        Fence changed = read(fence, text(1, 1, 2), 35 * SECOND, 36 * SECOND, alone);
        assertThat(changed.permission(alone, ids(1, 2))).isEqualTo(Permission.WAIT);
        assertThat(changed.unchanged()).isZero();
    }

    @Test
    void aHolderWithoutAMajorityStopsAndWaitsAsWell() {
        View alone = Views.ready(1);
        FenceText own = text(1, 1, 2);
        Fence holder = read(fence(1), text(1, 1, 1)).sending().wrote(own, own.set(POLICY), 10 * SECOND);
        assertThat(holder.permission(alone, ids(1, 2, 3))).isEqualTo(Permission.WAIT);
        assertThat(read(holder, own, 40 * SECOND, 40 * SECOND, alone).permission(alone, ids(1, 2, 3)))
                .isEqualTo(Permission.SILENCE);
    }

    @Test
    void theOwnNonceAfterAnUpdateWithoutAnswerMeansThatItWasApplied() {
        Fence sent = read(fence(1), text(1, 1, 1)).sending();
        Fence after = read(sent, text(1, 1, 2, "aa"));
        assertThat(after.permission(THREE, ids(1, 2, 3))).isEqualTo(Permission.MAJORITY);
        assertThat(after.next("bb")).isEqualTo(text(1, 1, 3, "bb"));
    }

    @Test
    void anotherHolderAfterAnUpdateMeansStandDownUntilTheViewChanges() {
        Fence sent = read(fence(1), text(1, 1, 1)).sending();
        Fence lost = read(sent, text(2, 2, 2));
        assertThat(lost.permission(THREE, ids(1, 2, 3))).isEqualTo(Permission.WAIT);
        assertThat(lost.under(THREE).permission(THREE, ids(1, 2, 3))).isEqualTo(Permission.WAIT);
        View changed = Views.ready(1, 3);
        assertThat(lost.under(changed).permission(changed, ids(1, 2, 3))).isEqualTo(Permission.MAJORITY);
    }

    @Test
    void aLastUpdateOfTheHolderThatIsReplacedIsNoReasonToStandDown() {
        View two = Views.ready(2, 3);
        Fence sent = read(fence(2), text(1, 1, 1)).sending();
        Fence overtaken = read(sent, text(1, 1, 2), 0, 0, two);
        assertThat(overtaken.permission(two, ids(1, 2, 3))).isEqualTo(Permission.MAJORITY);
    }

    @Test
    void aTextOfAnotherPlatformOrOfNoPlatformIsLeftAlone() {
        FenceText other = new FenceText("p2", new Mark(1, 1), id(1), "00");
        assertThat(read(fence(1), other).permission(THREE, Set.of())).isEqualTo(Permission.FOREIGN);
        RrSet odd = RrSet.of(POLICY.fence().name(), "TXT", 30, List.of("\"v1 p1 1 1 n1 00\"", "\"and more\""));
        assertThat(fence(1).read(Optional.of(odd), 0, 0, THREE).permission(THREE, Set.of()))
                .isEqualTo(Permission.FOREIGN);
    }

    private static Fence fence(int number) {
        return Fence.unread(id(number), Views.PLATFORM, Mark.NONE);
    }

    private static Fence read(Fence fence, @Nullable FenceText text) {
        return read(fence, text, 0, 0, THREE);
    }

    private static Fence read(Fence fence, @Nullable FenceText text, long asked, long now, View view) {
        return fence.read(Optional.ofNullable(text).map(there -> there.set(POLICY)), asked, now, view);
    }

    private static FenceText text(int holder, long epoch, long seq) {
        return text(holder, epoch, seq, "00");
    }

    private static FenceText text(int holder, long epoch, long seq, String nonce) {
        return new FenceText(Views.PLATFORM, new Mark(epoch, seq), new NodeId("n" + holder), nonce);
    }
}
