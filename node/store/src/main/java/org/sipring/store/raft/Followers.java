package org.sipring.store.raft;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.leader.LogAppender;

/** Those to whom this replica sends the log, while it leads. Callable from any thread. */
final class Followers {
    private final Map<RaftPeerId, LogAppender> appenders = new ConcurrentHashMap<>();

    void add(LogAppender appender) {
        appenders.put(appender.getFollowerId(), appender);
    }

    void clear() {
        appenders.clear();
    }

    /** More of the log is in force: each looks whether to tell its follower. */
    void lookAgain() {
        appenders.values().forEach(LogAppender::notifyLogAppender);
    }
}
