package org.sipring.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.DomainStore;
import org.sipring.accounts.domain.LiveDomains;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.api.NodeId;
import org.sipring.proxy.core.Locations;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.keys.Key;
import org.sipring.proxy.keys.Keys;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.BindingsTable;
import org.sipring.proxy.registrar.Gruus;
import org.sipring.proxy.registrar.LostFlows;
import org.sipring.proxy.registrar.Registrar;
import org.sipring.proxy.registrar.RegistrarSettings;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.transport.Transport;
import org.sipring.store.MemoryStore;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** Whom an address leads to: a user, an alias, or a GRUU that a registrar gave out. */
final class BindingLocationsTest {
    private static final String ALICE = "alice@sipring.test";
    private static final String ALIAS = "+4930123@sipring.test";
    private static final NodeId N1 = new NodeId("n1");
    private static final FlowRef FLOW = new FlowRef(N1, 7, Transport.UDP, new InetSocketAddress("192.0.2.1", 5062), 0);

    private static final Keys KEYS = new Keys() {
        @Override
        public Key newest() {
            return new Key(7, 0, new byte[32]);
        }

        @Override
        public Optional<Key> find(int id) {
            return Optional.of(newest());
        }
    };

    private final SimTicker ticker = new SimTime().ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, N1);
    private final Gruus gruus = new Gruus(KEYS, new SimChance(1));
    private final Registrar registrar = new Registrar(
            RegistrarSettings.DEFAULT,
            table,
            ticker::now,
            new SimChance(2),
            new EdgeNames("sipring.test", EdgeNames.Style.NAME),
            gruus);
    private final BindingLocations locations;

    private final MemoryStore store = new MemoryStore();
    private final DomainStore domains = new DomainStore(store);

    BindingLocationsTest() {
        Accounts accounts = new Accounts(store);
        Account alice = Account.of(ALICE, "secret", List.of(DigestAlgorithm.MD5));
        accounts.put(List.of(alice.withAliases(List.of(ALIAS))))
                .toCompletableFuture()
                .join();
        PinnedDomains pinned = new PinnedDomains("sipring.test", List.of(DigestAlgorithm.MD5), List.of());
        locations = new BindingLocations(accounts, LiveDomains.open(pinned, domains), table, gruus, ticker::now, false);
    }

    /** Registers a phone; gives its Contact of the answer. */
    private NameAddr register(String phone) {
        SipMessage request = SipMessage.request("REGISTER", "sip:sipring.test")
                .add("Via", "SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK" + phone)
                .add("From", "<sip:" + ALICE + ">;tag=1")
                .add("To", "<sip:" + ALICE + '>')
                .add("Call-ID", phone)
                .add("CSeq", "1 REGISTER")
                .add("Contact", "<sip:" + phone + "@192.0.2.1:5062>;+sip.instance=\"<urn:uuid:" + phone + ">\"")
                .add("Supported", "gruu")
                .build();
        SipMessage answer =
                registrar.register(request, FLOW, ALICE).toCompletableFuture().join();
        return answer.contacts().orElseThrow().get(0);
    }

    private Locations.Located find(String user) {
        return locations.find(Locations.Address.of(user)).toCompletableFuture().join();
    }

    private Locations.Located find(String user, String gruu) {
        return locations
                .find(new Locations.Address(user, Optional.of(gruu)))
                .toCompletableFuture()
                .join();
    }

    private Locations.Located find(NameAddr contact, String parameter) {
        SipUri gruu = contact.params().value(parameter).flatMap(SipUri::parse).orElseThrow();
        return find(gruu.aor(), gruu.params().value("gr").orElse(""));
    }

    @Test
    void aUserOfADisabledDomainIsKnownAndDisabled() {
        Account dora = Account.of("dora@new.test", "secret", List.of(DigestAlgorithm.MD5));
        new Accounts(store).put(dora, 0).toCompletableFuture().join();
        for (boolean enabled : new boolean[] {true, false}) {
            long revision =
                    domains.stored("new.test").map(DomainStore.Stored::revision).orElse(0L);
            domains.put(new Domain("new.test", List.of(), enabled), revision)
                    .toCompletableFuture()
                    .join();
            assertThat(find("dora@new.test").user().orElseThrow().enabled()).isEqualTo(enabled);
        }
        assertThat(find(ALICE).user().orElseThrow().enabled()).isTrue();
    }

    @Test
    void rfc5627Section61BothGruusOfAPhoneLeadToItAlone() {
        NameAddr desk = register("desk");
        register("mobile");
        for (String parameter : List.of("pub-gruu", "temp-gruu")) {
            assertThat(find(desk, parameter).contacts())
                    .as(parameter)
                    .extracting(Locations.Registered::uri)
                    .containsExactly("sip:desk@192.0.2.1:5062");
        }
        assertThat(find(ALICE).contacts()).hasSize(2);
    }

    @Test
    void anAliasLeadsToThePhonesOfItsUser() {
        register("desk");
        assertThat(find(ALIAS)).isEqualTo(find(ALICE));
        assertThat(find(ALIAS).contacts()).hasSize(1);
        assertThat(find(ALIAS, "urn:uuid:desk").contacts()).hasSize(1);
        assertThat(find("+4930124@sipring.test")).isEqualTo(Locations.Located.UNKNOWN);
    }

    @Test
    void aContactWhoseFlowIsLostIsNotOfferedAgain() {
        register("desk");
        register("mobile");
        Locations.Registered lost = find(ALICE).contacts().get(0);
        new LostFlows(RegistrarSettings.DEFAULT, table)
                .forget(lost.edge().aor(), lost.edge().flow(), lost.uri());
        assertThat(find(ALICE).contacts()).hasSize(1).doesNotContain(lost);
    }

    @Test
    void rfc5627Section61APhoneOfAUserThatIsNotRegisteredIsKnown() {
        assertThat(find(ALICE, "urn:uuid:desk").user()).isPresent();
        assertThat(find(ALICE, "urn:uuid:desk").contacts()).isEmpty();
    }

    @Test
    void rfc5627Section61AUserOrTemporaryGruuThatThereIsNotIsUnknown() {
        assertThat(find("nobody@sipring.test", "urn:uuid:desk")).isEqualTo(Locations.Located.UNKNOWN);
        assertThat(find("tgruu.invented@sipring.test", "")).isEqualTo(Locations.Located.UNKNOWN);
        assertThat(find(ALICE, "")).isEqualTo(Locations.Located.UNKNOWN);
    }
}
