package org.sipring.app.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.certs.CrlTaken;
import org.sipring.certs.IdentityFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a new revocation list to every node: whoever takes up a newer one tells all others, and every newcomer is told
 * by all. Said again now and then, since a message may be lost while nothing changes. Lives in one room, where it may
 * touch the disk.
 */
final class CrlFlood {
    private static final Logger LOG = LoggerFactory.getLogger(CrlFlood.class);
    private static final String SUBJECT = "certs.crl";
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration REPEAT = Duration.ofSeconds(30);

    private final IdentityFolder identity;
    private final Overlay overlay;
    private final Ticker room;

    CrlFlood(IdentityFolder identity, Overlay overlay, Ticker room) {
        this.identity = identity;
        this.overlay = overlay;
        this.room = room;
    }

    void start() {
        overlay.handle(SUBJECT, (from, crl) -> {
            room.execute(() -> take(from, crl));
            return CompletableFuture.completedFuture(new byte[0]);
        });
        identity.onChange(() -> room.execute(this::tellAll));
        overlay.onView(view -> room.execute(() -> tell(view)));
        room.execute(this::poll);
        room.after(REPEAT, this::repeat);
    }

    private void repeat() {
        tellAll();
        room.after(REPEAT, this::repeat);
    }

    // The operator copies a new list, or a renewed certificate, into the folder.
    private void poll() {
        identity.poll();
        room.after(POLL, this::poll);
    }

    private void take(NodeId from, byte[] crl) {
        if (identity.takeCrl(crl) == CrlTaken.NEWER) {
            LOG.info("took up a newer revocation list from {}", from);
        }
    }

    private void tellAll() {
        tell(overlay.view());
    }

    private void tell(View view) {
        byte[] crl = identity.crl();
        view.members().stream()
                .map(Member::id)
                .filter(id -> !id.equals(overlay.self()))
                .forEach(id -> overlay.send(id, SUBJECT, crl));
    }
}
