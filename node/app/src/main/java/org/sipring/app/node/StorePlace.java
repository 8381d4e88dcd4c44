package org.sipring.app.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.sipring.api.RoleName;
import org.sipring.overlay.forming.Founding;
import org.sipring.runtime.settings.Settings;
import org.sipring.runtime.settings.StoreSettings;
import org.sipring.store.raft.FounderNote;

/**
 * Where a node has the platform's documents.
 *
 * @param durable whether they are kept on disks
 * @param dir the folder of its replica
 * @param address where the other replicas connect
 * @param keeps whether it may keep a replica
 * @param copies what it keeps of the replica by itself
 */
record StorePlace(boolean durable, Path dir, InetSocketAddress address, boolean keeps, StoreSettings.Copies copies) {
    static StorePlace of(Settings settings, InetAddress address) {
        return new StorePlace(
                settings.store().durable(),
                settings.node().dataDir().resolve("store"),
                new InetSocketAddress(address, settings.store().port()),
                Roles.taken(settings).contains(RoleName.STORE),
                settings.store().copies());
    }

    /** Where archives of them are. */
    Path backups() {
        return dir.resolveSibling("backups");
    }

    /** Notes that a platform begins with this node, so that it founds the store as well. */
    Founding founding() {
        return platform -> {
            if (durable && !keeps) {
                throw new IOException("the first node of a platform founds its store, and so needs the role "
                        + RoleName.STORE + ": issue it a certificate that permits the role, begin with another node,"
                        + " or set store.durable = false on all nodes");
            }
            new FounderNote(dir).write(platform);
        };
    }
}
