package org.sipring.proxy.registrar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.api.Table;

/**
 * The change that a REGISTER makes: all of it or nothing. RFC 3261 section 10.3 steps 6 and 7.
 *
 * <p>A removed binding is remembered for as long as a binding can last, so that a healed partition does not bring it
 * back; memories beyond {@link #MOST_REMOVED} give way, the oldest first, so that nobody grows them without end.
 */
final class RegisterRule implements Table.Rule<Bindings> {
    static final int MOST_REMOVED = 32;

    private static final Table.Moment NEVER = new Table.Moment(Instant.EPOCH, new Stamp(0, new NodeId("nobody")));

    @Override
    public Table.Change<Bindings> apply(@Nullable Bindings current, byte[] argument, Table.Moment moment) {
        Bindings before = (current == null ? Bindings.NONE : current).at(moment.now());
        Registration registration = Registration.FORMAT.decode(argument);
        RegisterAnswer refusal = refusal(before, registration, moment.now());
        return refusal == null
                ? change(after(before, registration, moment), moment.now())
                : before.kept(RegisterAnswer.FORMAT.encode(refusal));
    }

    private static Table.Change<Bindings> change(Bindings bindings, Instant now) {
        return bindings.kept(RegisterAnswer.FORMAT.encode(RegisterAnswer.of(bindings, now)));
    }

    private static @Nullable RegisterAnswer refusal(Bindings before, Registration registration, Instant now) {
        List<Binding> touched = touched(before, registration);
        for (Binding binding : touched) {
            if (binding.after(registration.callId(), registration.cseq())) {
                return RegisterAnswer.refused(500, "CSeq Out Of Order");
            }
        }
        int added = added(registration);
        return added > 0
                        && left(before, touched, now) + added
                                > registration.limits().bindings()
                ? RegisterAnswer.refused(403, "Too Many Contacts")
                : null;
    }

    private static int added(Registration registration) {
        int added = 0;
        for (Registration.Wish wish : registration.contacts()) {
            added += wish.seconds() > 0 ? 1 : 0;
        }
        return added;
    }

    private static int left(Bindings before, List<Binding> touched, Instant now) {
        int left = 0;
        for (Binding binding : before.all()) {
            left += binding.live(now) && !touched.contains(binding) ? 1 : 0;
        }
        return left;
    }

    private static List<Binding> touched(Bindings before, Registration registration) {
        if (registration.star()) {
            return before.all();
        }
        List<Binding> wished = new ArrayList<>();
        registration.contacts().forEach(wish -> wished.add(bound(wish, registration, NEVER)));
        List<Binding> touched = new ArrayList<>(before.all());
        touched.removeIf(binding -> wished.stream().noneMatch(binding::sameAs));
        return touched;
    }

    private static Bindings after(Bindings before, Registration registration, Table.Moment moment) {
        if (registration.star()) {
            Cleared cleared = new Cleared(moment.stamp(), forgetAt(registration, moment));
            return new Bindings(List.of(), Optional.of(cleared));
        }
        List<Binding> all = new ArrayList<>(before.all());
        for (Registration.Wish wish : registration.contacts()) {
            put(all, wish, registration, moment);
        }
        forgetOldest(all);
        return new Bindings(all, before.cleared());
    }

    private static void put(List<Binding> all, Registration.Wish wish, Registration registration, Table.Moment moment) {
        Binding bound = bound(wish, registration, moment);
        long forgetAt = forgetAt(registration, moment);
        boolean known = all.stream().anyMatch(binding -> binding.sameAs(bound));
        // The same contact in other words leaves, or stays, a memory of its own.
        all.replaceAll(binding -> binding.sameAs(bound)
                ? binding.remove(registration.callId(), registration.cseq(), forgetAt, moment.stamp())
                : binding);
        if (wish.seconds() > 0) {
            all.removeIf(binding -> binding.key().equals(bound.key()));
            all.add(bound);
        } else if (!known) {
            // Others may know it: the other side of a partition, or a node's disk from before all nodes ended.
            all.add(bound.remove(registration.callId(), registration.cseq(), forgetAt, moment.stamp()));
        }
    }

    private static Binding bound(Registration.Wish wish, Registration registration, Table.Moment moment) {
        return new Binding(
                wish.uri(),
                wish.params(),
                registration.callId(),
                registration.cseq(),
                moment.now().plusSeconds(wish.seconds()).toEpochMilli(),
                registration.origin(),
                moment.stamp(),
                false);
    }

    private static long forgetAt(Registration registration, Table.Moment moment) {
        return moment.now().plusSeconds(registration.limits().memory()).toEpochMilli();
    }

    private static void forgetOldest(List<Binding> all) {
        if (all.size() <= MOST_REMOVED) {
            return;
        }
        List<Binding> removed = all.stream()
                .filter(Binding::removed)
                .sorted(Comparator.comparing(Binding::stamp).reversed())
                .toList();
        all.removeAll(removed.subList(Math.min(MOST_REMOVED, removed.size()), removed.size()));
    }
}
