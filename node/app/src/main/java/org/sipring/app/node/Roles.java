package org.sipring.app.node;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipring.api.Role;
import org.sipring.api.RoleName;
import org.sipring.runtime.settings.Settings;

/** Which roles a node takes. */
final class Roles {
    private Roles() {}

    /**
     * What the certificate permits and the configuration keeps; the manager only where it is told which name server to
     * write to, so that no node becomes manager that can do nothing, and the store only where documents are kept at all.
     */
    static Set<RoleName> taken(Settings settings) {
        return settings.node().roles().stream()
                .filter(role -> !role.equals(RoleName.MANAGER)
                        || settings.dns().primary().isPresent())
                .filter(role -> !role.equals(RoleName.STORE) || settings.store().durable())
                .collect(Collectors.toSet());
    }

    /** Those of some roles that the node takes. */
    static List<Role> taken(Settings settings, Role... roles) {
        Set<RoleName> taken = taken(settings);
        return Stream.of(roles).filter(role -> taken.contains(role.name())).toList();
    }
}
