package org.sipring.overlay.member;

import com.hazelcast.logging.LogEvent;
import com.hazelcast.logging.LogListener;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Picks out of Hazelcast's log why the cluster refused this node: it is told nowhere else. */
final class RefusalListener implements LogListener {
    private static final String MARK = "Reason of failure for node join: ";

    private volatile @Nullable String reason;

    @Override
    public void log(LogEvent event) {
        String message = String.valueOf(event.getLogRecord().getMessage());
        int mark = message.indexOf(MARK);
        if (mark >= 0) {
            reason = message.substring(mark + MARK.length());
        }
    }

    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
