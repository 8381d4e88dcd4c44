package org.sipring.overlay.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;

class PassportTest {
    private final Passport master = new Passport("p1", "sipring.test", new NodeId("n1"), Set.of(RoleName.PROXY));
    private final Identity.Holder proved = peer("n2", "sipring.test");
    private final Map<String, String> claimed =
            new HashMap<>(new Passport("p1", "sipring.test", new NodeId("n2"), Set.of(RoleName.PROXY, RoleName.MANAGER))
                    .attributes());

    @Test
    void aTrueClaimJoins() {
        assertThat(master.refusal(claimed, proved)).isEmpty();
    }

    @Test
    void attributesCarryNameAndRoles() {
        assertThat(Passport.node(claimed)).contains(new NodeId("n2"));
        assertThat(Passport.roles(claimed)).containsExactlyInAnyOrder(RoleName.PROXY, RoleName.MANAGER);
    }

    @Test
    void aRoleThatIsNotInTheCertificateIsNamed() {
        claimed.put(Passport.ROLES, "proxy,operator");
        assertThat(master.refusal(claimed, proved).orElseThrow()).contains("role operator", "n2");
    }

    @Test
    void anUnknownRoleIsRefused() {
        claimed.put(Passport.ROLES, "emperor");
        assertThat(master.refusal(claimed, proved).orElseThrow()).contains("emperor");
    }

    @Test
    void anotherPlatformIsNamedWithBothIds() {
        claimed.put(Passport.PLATFORM, "p2");
        assertThat(master.refusal(claimed, proved).orElseThrow()).contains("p1", "p2");
    }

    @Test
    void anotherDomainIsRefusedClaimedOrProved() {
        assertThat(master.refusal(claimed, peer("n2", "other.test"))).isPresent();
        claimed.put(Passport.DOMAIN, "other.test");
        assertThat(master.refusal(claimed, proved).orElseThrow()).contains("other.test", "sipring.test");
    }

    @Test
    void aNameThatTheCertificateDoesNotBearIsRefused() {
        assertThat(master.refusal(claimed, peer("n3", "sipring.test")).orElseThrow())
                .contains("n2", "n3");
    }

    @Test
    void withoutAnAuthenticatedConnectionNothingJoins() {
        assertThat(master.refusal(claimed, null)).isPresent();
    }

    @Test
    void withoutAttributesNothingJoins() {
        assertThat(master.refusal(Map.of(), proved)).isPresent();
    }

    private static Identity.Holder peer(String node, String domain) {
        return new Identity.Holder(new NodeId(node), domain, Set.of(RoleName.PROXY, RoleName.MANAGER), "");
    }
}
