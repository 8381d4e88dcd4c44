package org.sipring.proxy.defence;

import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import org.sipring.api.Sources;
import org.sipring.sip.transport.Door;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/** The door of one loop, with a memory of its own: loops never wait for each other. Lives in the loop. */
final class LoopDoor implements Door {
    private static final int SOURCES = 1 << 15;
    private static final int OFFENDERS = 1 << 12;
    // So many bursts are dropped before a connection's peer is banned.
    private static final int FLOOD = 10;
    private static final int ACCOUNTS = 1 << 14;
    private static final long BESIEGED_NANOS = 1_000_000_000L;
    // Whoever forges packets of an address takes nothing away from its connections. No two networks of the Internet
    // differ in this bit alone.
    private static final long BY_CONNECTION = Long.MIN_VALUE;

    private final Defence defence;
    private final Rates worked;
    private final Rates refused;
    private final Rates floods;
    private final Rates accounts;
    private final NameQuestions names;
    // While nobody asks for too much, nothing is looked up before a datagram is read.
    private boolean besieged;
    private long besiegedUntil;

    LoopDoor(Defence defence, DefenceLimits settings, long secret) {
        this.defence = defence;
        long now = defence.nanos();
        worked = new Rates(settings.source(), SOURCES, secret, now);
        refused = new Rates(settings.source(), OFFENDERS, secret, now);
        floods = new Rates(settings.source().times(FLOOD), OFFENDERS, secret, now);
        accounts = new Rates(settings.account(), ACCOUNTS, secret, now);
        names = new NameQuestions(secret, now);
    }

    @Override
    public boolean hears(InetAddress source, Transport transport) {
        if (defence.refuses(source)) {
            defence.counters().banned().run();
            return false;
        }
        return true;
    }

    @Override
    public boolean drops(InetAddress source, BooleanSupplier response) {
        boolean drops = besieged && floods(source, defence.nanos()) && !response.getAsBoolean();
        if (drops) {
            defence.counters().dropped().run();
        }
        return drops;
    }

    private boolean floods(InetAddress source, long now) {
        if (now - besiegedUntil > 0) {
            besieged = false;
            return false;
        }
        long key = Sources.of(source);
        return !worked.has(key, now) && !refused.has(key, now) && !defence.allows(source);
    }

    @Override
    public Pass request(Flow from) {
        if (from.transport() == Transport.NODE) {
            return Pass.NOW;
        }
        InetAddress source = from.remote().getAddress();
        long key = key(source, from.transport());
        long now = defence.nanos();
        if (worked.take(key, now) || defence.allows(source)) {
            return Pass.NOW;
        }
        Pass pass = tooMuch(key, now);
        // Datagrams may be anybody's: nobody is banned for those that bear its address.
        if (pass == Pass.NEVER && from.transport().reliable() && !floods.take(key, now)) {
            defence.floods(source);
        }
        return pass;
    }

    private Pass tooMuch(long key, long now) {
        besieged = true;
        besiegedUntil = now + BESIEGED_NANOS;
        boolean answered = refused.take(key, now);
        (answered ? defence.counters().refused() : defence.counters().dropped()).run();
        return answered ? Pass.LATER : Pass.NEVER;
    }

    private static long key(InetAddress source, Transport transport) {
        return transport.reliable() ? Sources.of(source) ^ BY_CONNECTION : Sources.of(source);
    }

    @Override
    public boolean bears(String account) {
        return accounts.has(key(account), defence.nanos()) || tooMuch();
    }

    @Override
    public boolean counts(String account) {
        return accounts.take(key(account), defence.nanos()) || tooMuch();
    }

    @Override
    public boolean mayAskNames(Flow from) {
        InetAddress source = from.remote().getAddress();
        boolean may = names.has(Sources.of(source), defence.nanos()) || defence.allows(source);
        if (!may) {
            defence.counters().names().run();
        }
        return may;
    }

    @Override
    public Runnable asksNames(Flow from) {
        return names.take(Sources.of(from.remote().getAddress()), defence.nanos());
    }

    private boolean tooMuch() {
        defence.counters().account().run();
        return false;
    }

    // Two accounts of one number share what one may do, which nobody can arrange who does not name accounts.
    private static long key(String account) {
        return account.hashCode();
    }
}
