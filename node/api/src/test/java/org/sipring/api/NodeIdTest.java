package org.sipring.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {
    private static final String LONG = "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n1",
                "a",
                "0",
                "a-b",
                "a--b",
                "",
                "-a",
                "a-",
                "-",
                "A",
                "a.b",
                "a_b",
                "ä",
                "a b",
                LONG,
                LONG + "1"
            })
    void aNameIsWhatTheExpressionSays(String text) {
        assertThat(NodeId.parse(text).isPresent()).isEqualTo(text.matches(NodeId.LABEL));
    }
}
