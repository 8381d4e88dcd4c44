package org.sipring.dns;

import java.util.List;
import java.util.Optional;
import org.sipring.dns.fence.FenceRule;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;

/** Fences that are too weak, to show that the world notices. */
public enum Fences implements FenceRule {
    /** The rule of the program: exactly the text last read, and a new text in every update. */
    EXACT {
        @Override
        public List<Update.Prerequisite> prerequisites(Optional<RrSet> read, RrKey fence) {
            return FenceRule.EXACT.prerequisites(read, fence);
        }
    },
    /** No condition at all. */
    NONE {
        @Override
        public List<Update.Prerequisite> prerequisites(Optional<RrSet> read, RrKey fence) {
            return List.of();
        }
    },
    /** The text changes only with its holder. */
    PER_REIGN {
        @Override
        public List<Update.Prerequisite> prerequisites(Optional<RrSet> read, RrKey fence) {
            return FenceRule.EXACT.prerequisites(read, fence);
        }

        @Override
        public FenceText next(Optional<FenceText> read, FenceText fresh) {
            return read.filter(text -> text.holder().equals(fresh.holder())).orElse(fresh);
        }
    };

    @Override
    public FenceText next(Optional<FenceText> read, FenceText fresh) {
        return fresh;
    }

    /**
     * A manager with such a fence.
     *
     * @param policy the operator's decisions
     * @param ports what it works with
     * @return the manager
     */
    public Manager manager(ZonePolicy policy, Manager.Ports ports) {
        return new Manager(policy, ports, this);
    }
}
