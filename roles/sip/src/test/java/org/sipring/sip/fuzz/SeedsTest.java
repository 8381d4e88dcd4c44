package org.sipring.sip.fuzz;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer begins from holds; a target that refuses its own seeds would find nothing. */
final class SeedsTest {
    @ParameterizedTest
    @MethodSource("org.sipring.sip.fuzz.Target#all")
    void everySeedHolds(Target target) {
        target.seeds().forEach(target.run());
    }
}
