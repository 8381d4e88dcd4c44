package org.sipring.proxy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.proxy.core.Ringing;
import org.sipring.proxy.defence.DefenceLimits;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.registrar.RegistrarSettings;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.tls.CertificateFolder;
import org.sipring.sip.tls.DomainTrust;
import org.sipring.sip.transaction.StackSettings;
import org.sipring.sip.transport.NetworkSettings;

/**
 * How this node is a proxy and registrar.
 *
 * @param network where it listens
 * @param stack how its transactions behave
 * @param recordRoute how Record-Route names it
 * @param users what they must prove
 * @param registrar what it allows to register
 * @param ringing how long phones may ring
 * @param recordsHistory whether requests say where they have been sent: RFC 7044
 * @param natPings how often phones behind a NAT are pinged that do not keep it open themselves; zero for never
 * @param certificates what phones see who connect by TLS; empty: the node's own
 * @param foreign other domains
 * @param defence how much it bears
 */
public record ProxySettings(
        NetworkSettings network,
        StackSettings stack,
        EdgeNames.Style recordRoute,
        Users users,
        RegistrarSettings registrar,
        Ringing ringing,
        boolean recordsHistory,
        Duration natPings,
        Optional<Certificates> certificates,
        OtherDomains foreign,
        DefenceLimits defence) {
    // NATs forget who sends and hears nothing by UDP for 30 s.
    private static final Duration NAT_PINGS = Duration.ofSeconds(25);

    private static final int LOOPS = 2;

    /**
     * The usual proxy.
     *
     * @param address the IP address to listen on, in text form
     * @return port 5060 for phones, 5066 for nodes, two loops, digest with MD5, pings through NATs
     */
    public static ProxySettings usual(String address) {
        return new ProxySettings(
                new NetworkSettings(
                        address,
                        5060,
                        NetworkSettings.NODE_PORT,
                        NetworkSettings.NODE_PORT,
                        LOOPS,
                        NetworkSettings.Limits.DEFAULT),
                StackSettings.forHeap(Runtime.getRuntime().maxMemory(), LOOPS),
                EdgeNames.Style.NAME,
                new Users(true, List.of(DigestAlgorithm.MD5), false),
                RegistrarSettings.DEFAULT,
                Ringing.DEFAULT,
                false,
                NAT_PINGS,
                Optional.empty(),
                OtherDomains.CLOSED,
                DefenceLimits.DEFAULT);
    }

    /**
     * The operator's certificates for phones.
     *
     * @param folder where they are
     * @param clientCa who signs phones' own certificates; empty: phones are not asked for one
     */
    public record Certificates(Path folder, Optional<Path> clientCa) {
        CertificateFolder open(Optional<DomainTrust> domains) throws IOException {
            return CertificateFolder.open(folder, clientCa, domains);
        }
    }

    /**
     * What is asked of users.
     *
     * @param authenticate whether they prove who they are; false only for benchmarks on closed networks
     * @param algorithms the digest algorithms offered
     * @param authInt whether the protection of bodies is offered as well
     * @param anyContact whether a contact is used as written, wherever it points, also where it differs from the address
     *     that the REGISTER came from; only for benchmarks on closed networks
     * @param hosted further domains that have their users here, whatever the store says
     */
    public record Users(
            boolean authenticate,
            List<DigestAlgorithm> algorithms,
            boolean authInt,
            boolean anyContact,
            List<Domain> hosted) {
        /** Copies the lists. */
        public Users {
            algorithms = List.copyOf(algorithms);
            hosted = List.copyOf(hosted);
        }

        /**
         * Users of the platform's own domain alone.
         *
         * @param authenticate whether they prove who they are
         * @param algorithms the digest algorithms offered
         * @param anyContact whether a contact is used as written
         */
        public Users(boolean authenticate, List<DigestAlgorithm> algorithms, boolean anyContact) {
            this(authenticate, algorithms, false, anyContact, List.of());
        }

        PinnedDomains domains(String own) {
            return new PinnedDomains(own, algorithms, hosted);
        }
    }
}
