package org.sipring.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.sipring.sip.SipUri;

/** Any text as a URI: it reads alike when it is written again, is the same resource as itself, and never asks DNS. */
public final class UriTarget {
    private UriTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        SipUri.parse(new String(input, StandardCharsets.UTF_8)).ifPresent(UriTarget::accepted);
    }

    private static void accepted(SipUri uri) {
        SipUri again = SipUri.parse(uri.toString()).orElseThrow();
        assertThat(again).isEqualTo(uri);
        assertThat(again.aor()).isEqualTo(uri.aor());
        assertThat(again.params()).isEqualTo(uri.params());
        assertThat(again.headers()).isEqualTo(uri.headers());
        assertThat(uri.matches(again)).isTrue();
        uri.address().ifPresent(address -> assertThat(address.isUnresolved()).isFalse());
        uri.maddr();
        uri.portOrDefault();
        sameUser(uri);
        forRequest(uri);
    }

    private static void sameUser(SipUri uri) {
        SipUri written = SipUri.parse(uri.withUser(uri.user()).toString()).orElseThrow();
        assertThat(written.user()).isEqualTo(uri.user());
        assertThat(written.host()).isEqualTo(uri.host());
    }

    private static void forRequest(SipUri uri) {
        SipUri written = SipUri.parse(uri.forRequest().toString()).orElseThrow();
        assertThat(written.headers()).isEmpty();
        assertThat(written.aor()).isEqualTo(uri.aor());
        assertThat(written.params().has("method")).isFalse();
        SipUri noted =
                SipUri.parse(uri.withText("note", uri.toString()).toString()).orElseThrow();
        assertThat(noted.params().value("note")).contains(uri.toString());
    }
}
