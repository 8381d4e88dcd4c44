package org.sipring.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who owns which partition within a group, and who has its backup. Immutable; the data is on the nodes' shelves. */
final class Seats {
    private final List<Seat> seats;

    private Seats(List<Seat> seats) {
        this.seats = List.copyOf(seats);
    }

    /**
     * The places of one partition.
     *
     * @param owner its only writer
     * @param backup has everything that was acknowledged; null while there is none
     */
    record Seat(SimNode owner, @Nullable SimNode backup) {}

    /** All partitions empty, at one node. */
    static Seats at(SimNode node) {
        return new Seats(IntStream.range(0, Slot.PARTITIONS)
                .mapToObj(any -> new Seat(node, null))
                .toList());
    }

    Seat of(Slot slot) {
        return seats.get(slot.partition());
    }

    /** Who has a slot's data, of those whose process lives. */
    Stream<SimNode> holders(Slot slot) {
        Seat seat = of(slot);
        return Stream.of(seat.owner(), seat.backup()).filter(node -> node != null && !node.killed());
    }

    boolean safe() {
        return seats.stream().allMatch(seat -> seat.backup() != null);
    }

    /** What is left when a group falls apart: backups are promoted, and what nobody has begins empty. */
    Seats among(List<SimNode> members) {
        return new Seats(IntStream.range(0, seats.size())
                .mapToObj(partition -> promoted(partition, members))
                .toList());
    }

    private Seat promoted(int partition, List<SimNode> members) {
        Seat seat = seats.get(partition);
        SimNode backup = seat.backup() != null && members.contains(seat.backup()) ? seat.backup() : null;
        if (members.contains(seat.owner())) {
            return new Seat(seat.owner(), backup);
        }
        return new Seat(Objects.requireNonNullElseGet(backup, () -> fresh(partition, members)), null);
    }

    private static SimNode fresh(int partition, List<SimNode> members) {
        SimNode owner = ranked(partition, members).get(0);
        owner.shelf().replace(partition, Map.of());
        return owner;
    }

    /** Copies the data to where it belongs among these members. */
    Seats settle(List<SimNode> members) {
        List<Seat> settled = new ArrayList<>();
        for (int partition = 0; partition < seats.size(); partition++) {
            List<SimNode> ranked = ranked(partition, members);
            Seat seat = new Seat(ranked.get(0), ranked.size() > 1 ? ranked.get(1) : null);
            copy(partition, members, seat);
            settled.add(seat);
        }
        return new Seats(settled);
    }

    private void copy(int partition, List<SimNode> members, Seat seat) {
        Map<Slot, SimEntry<?>> data = seats.get(partition).owner().shelf().partition(partition);
        for (SimNode member : members) {
            boolean holds = member == seat.owner() || member == seat.backup();
            member.shelf().replace(partition, holds ? data : Map.of());
        }
    }

    /** Takes over what another group has, once the two have met. */
    void absorb(Seats other) {
        for (int partition = 0; partition < seats.size(); partition++) {
            SimNode from = other.seats.get(partition).owner();
            Seat seat = seats.get(partition);
            from.shelf().partition(partition).forEach((slot, entry) -> merge(seat, from, slot, entry));
        }
    }

    private static <V> void merge(Seat seat, SimNode from, Slot slot, SimEntry<V> entry) {
        SimEntry<V> held = seat.owner().shelf().get(slot);
        SimEntry<V> union = held.merge(entry, from.spec(slot.table()));
        seat.owner().shelf().put(slot, union);
        if (seat.backup() != null) {
            seat.backup().shelf().put(slot, union);
        }
    }

    // Rendezvous hashing, so that a change of members moves little.
    private static List<SimNode> ranked(int partition, List<SimNode> members) {
        return members.stream()
                .sorted(Comparator.comparingInt(node -> (node.self() + "/" + partition).hashCode() * 0x9e3779b1))
                .toList();
    }
}
