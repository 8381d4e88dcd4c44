package org.sipring.app.node;

import java.util.Set;
import java.util.stream.Collectors;
import org.sipring.api.RoleName;
import org.sipring.runtime.settings.Settings;

/** Which roles a node takes. */
final class Roles {
    private Roles() {}

    /**
     * What the certificate permits and the configuration keeps; the manager only where it is told which name server to
     * write to, so that no node becomes manager that can do nothing.
     */
    static Set<RoleName> taken(Settings settings) {
        return settings.node().roles().stream()
                .filter(role -> !role.equals(RoleName.MANAGER)
                        || settings.dns().primary().isPresent())
                .collect(Collectors.toSet());
    }
}
