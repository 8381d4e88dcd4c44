package org.sipring.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.sipring.accounts.Accounts;
import org.sipring.api.StoreCollection;
import org.sipring.certs.NodeEnvelopes;
import org.sipring.store.secret.Secrets;

/** What it costs to find the account of a REGISTER: read from the node's replica, opened and understood. */
final class Lookups {
    private static final int WARM = 300_000;
    private static final int ROUNDS = 11;

    private final Accounts accounts;
    private final List<String> aors;
    private final Random order = new Random(1);

    private Lookups(Accounts accounts, List<String> aors) {
        this.accounts = accounts;
        this.aors = aors;
    }

    /** Of the accounts of an {@link AccountTable} in a domain. */
    static Lookups in(StoreNodeHouse house, String domain, int number) {
        Secrets secrets = new Secrets(
                house.documents(),
                new NodeEnvelopes(house.identity()),
                house.identity().self().node(),
                house.chance());
        if (!secrets.open()) {
            throw new IllegalStateException("the platform's keys do not open here");
        }
        Accounts accounts = new Accounts(secrets.sealing(StoreCollection.sealed()));
        List<String> aors = IntStream.rangeClosed(1, number)
                .mapToObj(one -> AccountTable.aor(one, domain))
                .toList();
        return new Lookups(accounts, new ArrayList<>(aors));
    }

    /** What one costs its thread that was not asked for before, in microseconds of processor time. */
    double first() {
        Collections.shuffle(aors, order);
        int half = aors.size() / 2;
        // Java has compiled the way to the disk then.
        round(aors.subList(0, half));
        return round(aors.subList(half, aors.size()));
    }

    /** What one costs in each round through all of them in any order, in microseconds of processor time. */
    Spread again() {
        for (int asked = 0; asked < WARM; asked += aors.size()) {
            round();
        }
        return Spread.of(
                IntStream.range(0, ROUNDS).mapToDouble(round -> round()).toArray());
    }

    private double round() {
        Collections.shuffle(aors, order);
        return round(aors);
    }

    private double round(List<String> asked) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (String aor : asked) {
            if (accounts.find(aor).isEmpty()) {
                throw new IllegalStateException(aor + " is not found");
            }
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e3 / asked.size();
    }
}
