package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a part of a text is read as if it stood alone, whatever is around it. RFC 3261 sections 7.3.1 and 19.1. */
class PartsTest {
    private static final String SPICE = "sip:;,<>\"\\@?=&%4 \t[]lr";
    private static final String[] MODELS = {
        "sip:alice:pw@[2001:db8::1]:5061;transport=tls;lr?subject=x&to=sip:b%40c",
        "sips:%61lice;x=1@EXAMPLE.com:5070;maddr=192.0.2.1",
        "SIP:example.com",
        ";a=b;c;d=\"e\\\"f;\";%6cr=%41",
        "192.0.2.1:5060",
        "[::1]"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aPartIsReadAsIfItStoodAlone(long seed) {
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            String part = mutated(random);
            String before = spice(random);
            String text = before + part + spice(random);
            int from = before.length();
            int to = from + part.length();
            read += same(SipUri.read(text, from, to), SipUri.read(part, 0, part.length()));
            read += same(Params.parseOfUri(text, from, to), Params.parseOfUri(part, 0, part.length()));
            read += same(HostPort.parse(text, from, to), HostPort.parse(part));
        }
        assertThat(read).as("read of seed %d", seed).isGreaterThan(5_000);
    }

    /** RFC 3261 section 20.10. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theUriOfAnAddressIsReadAsIfItStoodAlone(long seed) {
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            Optional<NameAddr> address = NameAddr.parse("A <" + mutated(random) + ">;tag=1" + spice(random));
            Optional<SipUri> uri = address.flatMap(NameAddr::sipUri);
            assertThat(uri).isEqualTo(address.map(NameAddr::uri).flatMap(SipUri::parse));
            read += uri.isPresent() ? 1 : 0;
        }
        assertThat(read).as("read of seed %d", seed).isGreaterThan(2_000);
    }

    private static int same(@Nullable Object part, @Nullable Object alone) {
        assertThat(part).isEqualTo(alone);
        assertThat(String.valueOf(part)).isEqualTo(String.valueOf(alone));
        assertThat(Objects.hashCode(part)).isEqualTo(Objects.hashCode(alone));
        return part == null ? 0 : 1;
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(MODELS[random.nextInt(MODELS.length)]);
        for (int n = random.nextInt(3); n > 0 && text.length() > 0; n--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(3));
            text.replace(at, end, spice(random));
        }
        return text.toString();
    }

    private static String spice(Random random) {
        int at = random.nextInt(SPICE.length());
        return SPICE.substring(at, Math.min(SPICE.length(), at + random.nextInt(3)));
    }
}
