package org.sipring.overlay.table;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.IPartitionService;
import com.hazelcast.internal.partition.operation.SafeStateCheckOperation;
import com.hazelcast.spi.impl.NodeEngine;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an answer to "are all backups in step?", because asking Hazelcast sends messages to every member and blocks. It
 * is asked often while the answer is no, seldom while it is yes: only a lost or new member changes a yes.
 */
final class SafetyWatch implements MembershipListener {
    private static final int PERIOD_MILLIS = 250;
    private static final int PERIODS_WHILE_SAFE = 20;
    private static final int ANSWER_SECONDS = 2;

    private final HazelcastInstance instance;
    private @Nullable ScheduledFuture<?> schedule;
    private @Nullable UUID registration;
    private volatile boolean safe;
    private volatile boolean changed;
    private int quiet; // confined to the scheduled task, like what it calls
    private int lost;

    private SafetyWatch(HazelcastInstance instance) {
        this.instance = instance;
    }

    static SafetyWatch start(HazelcastInstance instance) {
        SafetyWatch watch = new SafetyWatch(instance);
        watch.registration = instance.getCluster().addMembershipListener(watch);
        watch.schedule = engine(instance)
                .getExecutionService()
                .scheduleWithRepetition("table-safety", watch::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    // The public interface lends no thread for a repeated task.
    private static NodeEngine engine(HazelcastInstance instance) {
        HazelcastInstanceImpl original = instance instanceof HazelcastInstanceProxy proxy
                ? proxy.getOriginal()
                : (HazelcastInstanceImpl) instance;
        return original.node.getNodeEngine();
    }

    boolean safe() {
        return safe;
    }

    void stop() {
        safe = false;
        if (schedule != null) {
            schedule.cancel(false);
        }
        if (registration != null && instance.getLifecycleService().isRunning()) {
            instance.getCluster().removeMembershipListener(registration);
        }
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        changed = true;
    }

    @Override
    public synchronized void memberRemoved(MembershipEvent event) {
        lost++;
        safe = false;
    }

    private void look() {
        if (safe && !changed && quiet++ < PERIODS_WHILE_SAFE) {
            return;
        }
        quiet = 0;
        changed = false;
        int before = lost();
        settle(ask(), before);
    }

    private boolean ask() {
        try {
            Set<Member> members = instance.getCluster().getMembers();
            return members.size() > 1
                    && members.stream().map(this::ask).toList().stream().allMatch(SafetyWatch::saysYes);
        } catch (RuntimeException stopping) {
            return false;
        }
    }

    // As PartitionService.isClusterSafe does, which waits for minutes when a member dies just while it is asked.
    private CompletableFuture<Boolean> ask(Member member) {
        return engine(instance)
                .getOperationService()
                .<Boolean>invokeOnTarget(
                        IPartitionService.SERVICE_NAME, new SafeStateCheckOperation(), member.getAddress())
                .toCompletableFuture();
    }

    private static boolean saysYes(CompletableFuture<Boolean> answer) {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException none) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized int lost() {
        return lost;
    }

    // An answer that was asked for before a member was lost says nothing of now.
    private synchronized void settle(boolean answer, int before) {
        safe = answer && lost == before;
    }
}
