package org.sipring.dns.server;

import java.io.IOException;
import java.util.Optional;
import org.sipring.dns.zone.Rcode;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.ZoneData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The zone being served. Updates come from one thread, its owner's; anybody may read the newest one. */
final class ServedZone {
    private static final Logger LOG = LoggerFactory.getLogger(ServedZone.class);

    private final Optional<ZoneFile> file;
    private volatile ZoneData now;

    ServedZone(ZoneData first, Optional<ZoneFile> file) {
        this.now = first;
        this.file = file;
    }

    ZoneData now() {
        return now;
    }

    /**
     * Applies an update. What it changed is on disk before anybody sees it or hears of it: a fence that a restart forgets
     * would let an old update in.
     */
    Rcode apply(Update update) {
        ZoneData.Verdict verdict = now.apply(update);
        if (verdict.zone() != now) {
            try {
                keep(verdict.zone());
            } catch (IOException e) {
                LOG.error("update refused with SERVFAIL, since the zone cannot be written; free the disk", e);
                return Rcode.SERVFAIL;
            }
            now = verdict.zone();
        }
        return verdict.rcode();
    }

    private void keep(ZoneData zone) throws IOException {
        if (file.isPresent()) {
            file.get().save(zone);
        }
    }
}
