package org.sipring.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "./sipring demo --check",
                "sipring ca init | issue | revoke",
                "sipring node --identity n1 --bootstrap",
                "sipring dns show | verify",
                "sipring why CALL-ID --dir .demo",
                "sipring node ... --force-form",
                "sipring account import users.csv --mode update --identity admin",
                "kill -9 PID"
            })
    void whatTheProgramTakesIsKnown(String line) {
        assertThat(CommandWords.unknown(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sipring ca bless n1 --ca ca, bless",
        "sipring dns show | mend, mend",
        "./sipring demo --turbo, --turbo",
        "sipring account import users.csv --force, --force",
        "sipring node --check, --check"
    })
    void whatItDoesNotTakeIsTold(String line, String unknown) {
        assertThat(CommandWords.unknown(line)).contains(unknown);
    }
}
