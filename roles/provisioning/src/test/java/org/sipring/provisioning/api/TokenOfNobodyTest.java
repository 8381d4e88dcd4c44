package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.provisioning.access.Tokens;
import org.sipring.testkit.SimChance;

/** Whoever gets an address next is somebody else: no token of the former account is left, whichever of two calls at once comes first. */
class TokenOfNobodyTest extends OperatorAtTheApi {
    private static final String AOR = "alice@sipring.test";

    private final Instant expires = Instant.now().plus(Duration.ofDays(1));

    private void removeAlice() {
        platform.accounts
                .remove(AOR, platform.accounts.stored(AOR).orElseThrow().revision())
                .toCompletableFuture()
                .join();
    }

    private void makeToken() {
        assertThat(new Tokens(platform.store, new SimChance(1))
                        .issue("crossing", Optional.of(AOR), expires)
                        .toCompletableFuture()
                        .join())
                .isPresent();
    }

    @Test
    void oneThatIsMadeAsItsAccountIsRemovedIsNotGivenOut() throws Exception {
        platform.distant.before("tokens", this::removeAlice);
        assertProblem(
                create(
                        "/v1/tokens/crossing",
                        "{\"scope\": \"account\", \"account\": \"" + AOR + "\", \"expires\": \"" + expires + "\"}"),
                400,
                "#/account");
        assertThat(platform.store.list("tokens", "")).isEmpty();
    }

    @Test
    void oneThatIsMadeJustBeforeTheAccountGoesGoesWithIt() throws Exception {
        platform.distant.before("accounts", this::makeToken);
        assertThat(operator.send("DELETE", Platform.ALICE, "").statusCode()).isEqualTo(204);
        assertThat(platform.store.list("tokens", "")).isEmpty();
    }
}
