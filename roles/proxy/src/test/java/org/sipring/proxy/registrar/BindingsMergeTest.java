package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.testkit.SimChance;

/** Two sides of a partition, united. */
class BindingsMergeTest {
    private static final BindingsMerge MERGE = new BindingsMerge();
    private static final BindingsCodec CODEC = new BindingsCodec();
    private static final NodeId N2 = new NodeId("n2");

    private static Binding binding(int contact, long time, NodeId node, boolean removed) {
        return new Binding(
                "sip:a" + contact + "@192.0.2.1",
                contact % 2 == 0 ? ";q=0.5" : "",
                "call-" + time,
                time,
                1_000_000 + time,
                new Origin(Phone.flow(node), removed ? List.of() : List.of("<sip:p;lr>"), "phone"),
                new Stamp(time, node),
                removed);
    }

    private static Bindings of(Binding... bindings) {
        return new Bindings(List.of(bindings), Optional.empty());
    }

    private static Bindings any(SimChance chance) {
        Map<Integer, Binding> all = new TreeMap<>();
        for (int i = chance.below(6); i > 0; i--) {
            int contact = chance.below(5);
            // A stamp is given once: its content follows from it.
            long time = contact * 100L + chance.below(6);
            NodeId node = time % 2 == 0 ? Phone.N1 : N2;
            Binding one = binding(contact, time, node, time % 3 == 0);
            // One side may know that its flow is lost, and both may have found it out at different times.
            boolean lost = !one.removed() && chance.percent(30);
            all.put(contact, lost ? one.lost(2_000_000 + chance.below(3)) : one);
        }
        long cleared = chance.below(600);
        Optional<Cleared> star = chance.percent(30)
                ? Optional.of(new Cleared(new Stamp(cleared, Phone.N1), 2_000_000 + cleared))
                : Optional.empty();
        return MERGE.merge(new Bindings(new ArrayList<>(all.values()), star), Bindings.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isCommutativeAssociativeAndIdempotent(long seed) {
        SimChance chance = new SimChance(seed);
        for (int i = 0; i < 3000; i++) {
            Bindings a = any(chance);
            Bindings b = any(chance);
            Bindings c = any(chance);
            assertThat(MERGE.merge(a, b)).as("seed %d", seed).isEqualTo(MERGE.merge(b, a));
            assertThat(MERGE.merge(MERGE.merge(a, b), c)).isEqualTo(MERGE.merge(a, MERGE.merge(b, c)));
            assertThat(MERGE.merge(a, a)).isEqualTo(a);
            assertThat(CODEC.decode(CODEC.encode(a))).isEqualTo(a);
        }
    }

    @Test
    void keepsTheBindingsOfBothSides() {
        Bindings union = MERGE.merge(of(binding(1, 10, Phone.N1, false)), of(binding(2, 5, N2, false)));
        assertThat(union.live(Instant.EPOCH)).hasSize(2);
    }

    @Test
    void theGreatestStampWins() {
        Binding older = binding(1, 10, Phone.N1, false);
        Binding newer = binding(1, 10, N2, false);
        assertThat(MERGE.merge(of(older), of(newer)).all()).containsExactly(newer);
    }

    @Test
    void aRemovedBindingDoesNotComeBackFromTheOtherSide() {
        Bindings union = MERGE.merge(of(binding(1, 11, Phone.N1, true)), of(binding(1, 10, N2, false)));
        assertThat(union.live(Instant.EPOCH)).isEmpty();
    }

    @Test
    void aBindingWhoseFlowIsLostDoesNotComeBackFromTheOtherSide() {
        Binding known = binding(1, 10, Phone.N1, false);
        Binding lost = known.lost(2_000_000);
        assertThat(MERGE.merge(of(known), of(lost)).all()).containsExactly(lost);
        assertThat(MERGE.merge(of(lost), of(known)).all()).containsExactly(lost);
    }

    @Test
    void whatWasRegisteredOverAnotherFlowOnTheOtherSideStays() {
        Binding lost = binding(1, 10, Phone.N1, false).lost(2_000_000);
        Binding anew = binding(1, 11, N2, false);
        assertThat(MERGE.merge(of(lost), of(anew)).all()).containsExactly(anew);
        assertThat(MERGE.merge(of(anew), of(lost)).all()).containsExactly(anew);
    }

    @Test
    void aStarRemovesWhatTheOtherSideHeldThen() {
        Bindings cleared = new Bindings(List.of(), Optional.of(new Cleared(new Stamp(10, Phone.N1), 99)));
        Bindings other = of(binding(1, 9, N2, false), binding(2, 11, N2, false));
        assertThat(MERGE.merge(cleared, other).all()).containsExactly(binding(2, 11, N2, false));
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        byte[] bytes = CODEC.encode(Bindings.NONE);
        bytes[0] = 9;
        assertThatThrownBy(() -> CODEC.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CODEC.decode(new byte[] {1, 0})).isInstanceOf(IllegalArgumentException.class);
    }
}
