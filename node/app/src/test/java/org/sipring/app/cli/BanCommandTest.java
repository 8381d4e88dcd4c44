package org.sipring.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.app.process.CommandFailure;

class BanCommandTest {
    @Test
    void timesAreWrittenShort() {
        assertThat(BanCommand.duration("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(BanCommand.duration("15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(BanCommand.duration("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(BanCommand.duration("999999999d")).isEqualTo(Duration.ofDays(999_999_999));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "h", "-1h", "1 h", "1h30m", "PT1H", "12345678901s"})
    void anythingElseIsExplained(String text) {
        assertThatThrownBy(() -> BanCommand.duration(text))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--for " + text + ": write such as 90s, 15m, 2h or 7d");
    }
}
