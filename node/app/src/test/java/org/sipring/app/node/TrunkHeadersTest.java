package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.runtime.settings.TrunkSettings;
import org.sipring.sip.HeaderName;

/** What an operator may write of a trunk's headers, and what the proxy keeps from everybody else. */
final class TrunkHeadersTest {
    @Test
    void theSettingsAcceptEveryHeaderThatTheProxyTakesOutAndNoOther() {
        assertThat(TrunkSettings.HEADERS)
                .containsExactlyInAnyOrderElementsOf(
                        Trunk.HEADERS.stream().map(HeaderName::toString).toList());
    }
}
