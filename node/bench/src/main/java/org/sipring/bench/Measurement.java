package org.sipring.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Carries a plan out. Bounded in time and number; everything it starts it ends. */
final class Measurement {
    private static final int CURVE_SECONDS = 6;

    private final Path root;
    private final Path dir;
    private final Plan plan;
    private final PrintStream progress;
    private final Sipp sipp;
    private final Findings findings = new Findings();

    Measurement(Path root, Path dir, Plan plan, PrintStream progress) {
        this.root = root;
        this.dir = dir;
        this.plan = plan;
        this.progress = progress;
        this.sipp = new Sipp(dir);
    }

    Findings run() throws IOException, InterruptedException {
        for (List<Load> stage : plan.stages()) {
            ServerSetup setup = stage.get(0).setup();
            try (SipringPeer sipring = SipringPeer.start(root, dir, setup)) {
                if (setup.nodes() > 1) {
                    run(stage, List.of(sipring));
                } else {
                    beside(sipring, stage, setup);
                }
            }
        }
        memory();
        return findings;
    }

    private void beside(SipringPeer sipring, List<Load> stage, ServerSetup setup)
            throws IOException, InterruptedException {
        try (Peer kamailio = KamailioPeer.start(dir, setup.digest())) {
            run(stage, List.of(sipring, kamailio));
            if (findings.curve.isEmpty()) {
                curves(List.of(sipring, kamailio));
                profile(sipring, stage);
            }
        }
    }

    private void run(List<Load> stage, List<Peer> peers) throws IOException, InterruptedException {
        for (Load load : stage) {
            inTurns(peers, load);
        }
    }

    private void inTurns(List<Peer> peers, Load load) throws IOException, InterruptedException {
        for (Peer peer : peers) {
            progress.println("warming " + peer.name() + ": " + load);
            if (load.kind() == Load.Kind.CALL) {
                sipp.register(peer, Load.USERS, load.tcp());
            }
            sipp.play(peer, load.lasting(peer.compiles() ? plan.warm() : plan.settle()));
        }
        for (int round = 0; round < plan.rounds(); round++) {
            for (Peer peer : peers) {
                findings.rounds.add(measure(peer, load));
            }
        }
    }

    private Figure measure(Peer peer, Load load) throws IOException, InterruptedException {
        int pauses = peer.pauses().size();
        Usage before = Usage.of(peer.pids());
        Played played = sipp.play(peer, load);
        Usage used = Usage.of(peer.pids()).since(before);
        List<Double> all = peer.pauses();
        Figure figure = new Figure(load, peer.name(), played, used, Pauses.longest(all.subList(pauses, all.size())));
        progress.println(figure);
        return figure;
    }

    private void curves(List<Peer> peers) throws IOException, InterruptedException {
        for (Load.Kind kind : List.of(Load.Kind.REGISTER, Load.Kind.CALL)) {
            for (int rate : plan.curve()) {
                for (Peer peer : peers) {
                    findings.curve.add(measure(peer, Load.udp(kind, rate, CURVE_SECONDS)));
                }
            }
        }
    }

    private void profile(SipringPeer sipring, List<Load> stage) throws IOException, InterruptedException {
        for (Load load : stage) {
            progress.println("profiling " + load);
            findings.profiles.add(Profile.of(load, sipring, dir, () -> sipp.play(sipring, load)));
        }
    }

    private void connections(SipringPeer sipring) throws IOException, InterruptedException {
        long before = sipring.memory();
        try (TlsConnections idle = TlsConnections.open(sipring.address(), sipring.authority(), plan.connections())) {
            findings.bytesPerConnection = (double) (sipring.memory() - before) / idle.count();
            progress.printf("an idle TLS connection keeps %.0f bytes%n", findings.bytesPerConnection);
        }
    }

    // Of servers that have done nothing else: what a load has used once stays with Kamailio's pool.
    private void memory() throws IOException, InterruptedException {
        ServerSetup one = new ServerSetup(1, false, false);
        try (SipringPeer sipring = SipringPeer.start(root, dir, one);
                Peer kamailio = KamailioPeer.start(dir, false)) {
            if (plan.contacts() > 0) {
                contacts(List.of(sipring, kamailio));
            }
            connections(sipring);
        }
    }

    private void contacts(List<Peer> peers) throws IOException, InterruptedException {
        for (Peer peer : peers) {
            sipp.register(peer, Load.USERS, false);
            long before = peer.memory();
            sipp.register(peer, plan.contacts(), false);
            double each = (double) (peer.memory() - before) / (plan.contacts() - Load.USERS);
            findings.bytesPerContact.put(peer.name(), each);
            progress.printf("%s keeps %.0f bytes for a contact%n", peer.name(), each);
        }
    }
}
