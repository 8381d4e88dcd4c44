package org.sipring.dns;

import java.util.Optional;
import org.sipring.dns.fence.Fence;
import org.sipring.dns.fence.Fence.Permission;

/** What a manager does, in words for people. */
final class Activity {
    private Activity() {}

    /** By the permission of a manager; empty for a node that is none. */
    static String of(Optional<Permission> permission) {
        return permission.map(Activity::words).orElse("leaves DNS to the managers");
    }

    private static String words(Permission permission) {
        return switch (permission) {
            case STANDBY -> "stands by";
            case UNREAD -> "asks the name server";
            case FOREIGN -> "does not touch a fence that is not of this platform";
            case MAJORITY, SILENCE -> "writes";
            case WAIT ->
                "waits until nobody else has written for " + Fence.SILENCE.toSeconds()
                        + " s: this node does not see most of the published nodes";
        };
    }
}
