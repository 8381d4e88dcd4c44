package org.sipring.dns;

import org.sipring.api.Member;
import org.sipring.dns.fence.FenceMemory;
import org.sipring.dns.fence.FenceRule;
import org.sipring.dns.plan.Views;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimHost;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTime;

/** One node with a manager in it. The memory survives the process, as a disk does. */
final class SimNode {
    final SimHost host;
    final SimOverlay overlay;
    final Manager manager;
    final Disk disk;

    private SimNode(SimHost host, SimOverlay overlay, Manager manager, Disk disk) {
        this.host = host;
        this.overlay = overlay;
        this.manager = manager;
        this.disk = disk;
    }

    static SimNode start(int number, SimTime time, SimPrimary primary, FenceRule rule) {
        return start(number, time, primary, rule, new Disk());
    }

    static SimNode start(int number, SimTime time, SimPrimary primary, FenceRule rule, Disk disk) {
        SimHost host = time.host();
        SimOverlay overlay = new SimOverlay(Views.id(number), host.ticker());
        Manager.Ports ports = new Manager.Ports(
                overlay.self(),
                primary.seenBy(host),
                overlay::onView,
                host.ticker(),
                new SimChance(number * 1000L + time.elapsed().toMillis()),
                disk);
        Manager manager = new Manager(Views.POLICY, ports, rule);
        manager.start();
        return new SimNode(host, overlay, manager, disk);
    }

    void sees(int... numbers) {
        overlay.show(Views.ready(numbers).members().toArray(Member[]::new));
    }

    boolean alarms(Alarm.Kind kind) {
        return manager.state().alarms().stream().anyMatch(alarm -> alarm.kind() == kind);
    }

    /** A disk with one mark on it. */
    static final class Disk implements FenceMemory {
        private Mark mark = Mark.NONE;

        @Override
        public Mark recall() {
            return mark;
        }

        @Override
        public void remember(Mark next) {
            mark = next;
        }
    }
}
