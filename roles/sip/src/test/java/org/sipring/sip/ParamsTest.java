package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ";tag=1|;tag=1",
                "' ; tag = 1 ;\tlr '|;tag=1;lr",
                "';a = \"x ; y = \\\" z\" ; b'|;a=\"x ; y = \\\" z\";b",
            })
    void blanksAroundNamesAndValuesAreNoPartOfThem(String written, String tight) {
        assertThat(read(written)).hasToString(tight);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tag=1", ";", ";=1", ";tag=", ";tag=a b", ";a;;b", ";a=\"open", ";a,b", ";\"a\"=1", ";a=\u0000"})
    void whatOthersMayReadOtherwiseIsRefused(String written) {
        assertThat(Params.parse(written)).isEmpty();
    }

    @Test
    void valuesAreReadWithoutQuotes() {
        Params params = read(";Q=0.5;text=\"a;b\\\"c\";LR");
        assertThat(params.value("q")).contains("0.5");
        assertThat(params.value("text")).contains("a;b\"c");
        assertThat(params.value("lr")).isEmpty();
        assertThat(params.has("lr")).isTrue();
        assertThat(params.names()).isEqualTo(List.of("q", "text", "lr"));
    }

    @Test
    void anUriMayEscapeNamesAndValues() {
        SipUri uri = SipUri.parse("sip:host;%6cr;transport=%75dp").orElseThrow();
        assertThat(uri.lr()).isTrue();
        assertThat(uri.transport()).contains("UDP");
        assertThat(read(";%6cr").has("lr")).isFalse();
    }

    @Test
    void aParameterIsSetInItsPlaceAndOnce() {
        assertThat(read(";a=1;b;A=2").with("a", "3")).hasToString(";a=3;b");
        assertThat(read(";a;b=1").with("b", null)).hasToString(";a;b");
        assertThat(Params.NONE.with("c", "4")).hasToString(";c=4");
    }

    @Test
    void allOfANameAreLeftOut() {
        assertThat(read(";a=1;b;A;ab").without("a")).hasToString(";b;ab");
        assertThat(read(";a=\";b\"").without("b")).hasToString(";a=\";b\"");
    }

    private static Params read(String text) {
        return Params.parse(text).orElseThrow();
    }
}
