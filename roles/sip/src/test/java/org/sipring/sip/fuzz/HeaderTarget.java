package org.sipring.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.sipring.sip.CSeq;
import org.sipring.sip.NameAddr;
import org.sipring.sip.Params;
import org.sipring.sip.Via;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestResponse;

/** Any text as the value of each header that is read: what is accepted reads alike when it is written again. */
public final class HeaderTarget {
    // As many as are read; with one more it is refused.
    private static final int MOST_PARAMS = 100;

    private HeaderTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        stable(text, NameAddr::parse);
        stable(text, Via::parse);
        stable(text, Params::parse);
        stable(text, CSeq::parse);
        stable(text, DigestResponse::parse);
        stable(text, DigestChallenge::parse);
        NameAddr.parse(text).ifPresent(HeaderTarget::address);
        DigestResponse.parse(text).ifPresent(proof -> {
            assertThat(proof.isFor(proof.uri(), host -> false)).isTrue();
            proof.proves("", "REGISTER", new byte[0]);
        });
    }

    private static void address(NameAddr address) {
        address.q();
        address.anonymous();
        if (address.params().names().size() >= MOST_PARAMS) {
            return;
        }
        NameAddr tagged = NameAddr.parse(address.with("tag", "x1").toString()).orElseThrow();
        assertThat(tagged.tag()).contains("x1");
        assertThat(tagged.uri()).isEqualTo(address.uri());
    }

    private static <T> void stable(String text, Function<String, Optional<T>> reader) {
        reader.apply(text)
                .ifPresent(value -> assertThat(reader.apply(value.toString())).contains(value));
    }
}
