package org.sipring.bench;

/**
 * What is asked of a server.
 *
 * @param kind what each attempt is
 * @param tcp whether over one TCP connection; otherwise over UDP
 * @param rate attempts begun a second
 * @param seconds for so long
 * @param nodes how many nodes of Sipring it is for
 */
record Load(Kind kind, boolean tcp, int rate, int seconds, int nodes) {
    /** How many users take part. */
    static final int USERS = 10_000;

    /** The kinds of attempts. */
    enum Kind {
        /** REGISTER and 200. */
        REGISTER("register", "REGISTER", false),
        /** REGISTER, 401, REGISTER with credentials, 200. */
        REGISTER_DIGEST("register-digest", "REGISTER with digest", true),
        /** INVITE, 100, 180, 200, ACK, BYE, 200. */
        CALL("caller", "call", false);

        final String scenario;
        final String words;
        final boolean digest;

        Kind(String scenario, String words, boolean digest) {
            this.scenario = scenario;
            this.words = words;
            this.digest = digest;
        }
    }

    static Load udp(Kind kind, int rate, int seconds) {
        return new Load(kind, false, rate, seconds, 1);
    }

    static Load tcp(Kind kind, int rate, int seconds) {
        return new Load(kind, true, rate, seconds, 1);
    }

    Load lasting(int otherSeconds) {
        return new Load(kind, tcp, rate, otherSeconds, nodes);
    }

    Load among(int otherNodes) {
        return new Load(kind, tcp, rate, seconds, otherNodes);
    }

    ServerSetup setup() {
        return new ServerSetup(nodes, tcp, kind.digest);
    }

    int attempts() {
        return rate * seconds;
    }

    /** sipp's word for the transport. */
    String transport() {
        return tcp ? "t1" : "u1";
    }

    @Override
    public String toString() {
        return kind.words + (tcp ? ", TCP" : ", UDP");
    }
}
