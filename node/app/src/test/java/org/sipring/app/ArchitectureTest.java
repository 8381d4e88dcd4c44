package org.sipring.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The shape of the house, as {@code docs/architecture.md} draws it. */
@AnalyzeClasses(packages = "org.sipring", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String OURS = "org.sipring..";

    @ArchTest
    static final ArchRule theKernelsPortsKnowNobody = classes()
            .that()
            .resideInAPackage("org.sipring.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.net.ssl..", "org.jspecify..", "org.sipring.api..");

    @ArchTest
    static final ArchRule certsKnowOnlyThePorts = only("org.sipring.certs..");

    @ArchTest
    static final ArchRule dnsKnowsOnlyThePorts = only("org.sipring.dns..");

    @ArchTest
    static final ArchRule aZoneKnowsOnlyThePorts = only("org.sipring.dns.zone..");

    @ArchTest
    static final ArchRule aPlanKnowsTheZone = only("org.sipring.dns.plan..", "org.sipring.dns.zone..");

    @ArchTest
    static final ArchRule theFenceKnowsThePlanAndTheZone =
            only("org.sipring.dns.fence..", "org.sipring.dns.plan..", "org.sipring.dns.zone..");

    @ArchTest
    static final ArchRule theWireKnowsTheZone = only("org.sipring.dns.wire..", "org.sipring.dns.zone..");

    @ArchTest
    static final ArchRule theNameServerKnowsTheWireAndTheZone =
            only("org.sipring.dns.server..", "org.sipring.dns.wire..", "org.sipring.dns.zone..");

    @ArchTest
    static final ArchRule theOverlayKnowsOnlyThePorts = only("org.sipring.overlay..");

    @ArchTest
    static final ArchRule theStoreKnowsOnlyThePorts = only("org.sipring.store..");

    @ArchTest
    static final ArchRule theRuntimeKnowsThePortsAndHttp = only("org.sipring.runtime..", "org.sipring.http..");

    @ArchTest
    static final ArchRule httpKnowsNobody = only("org.sipring.http..");

    @ArchTest
    static final ArchRule theSimulatedWorldKnowsOnlyThePorts = only("org.sipring.testkit..");

    @ArchTest
    static final ArchRule theSipCoreKnowsOnlyThePorts = only("org.sipring.sip..");

    @ArchTest
    static final ArchRule theProxyKnowsThePortsAndTheSipCore =
            only("org.sipring.proxy..", "org.sipring.sip..", "org.sipring.accounts..");

    @ArchTest
    static final ArchRule accountsKnowThePortsAndTheSipCore = only("org.sipring.accounts..", "org.sipring.sip..");

    @ArchTest
    static final ArchRule provisioningKnowsThePortsHttpAndAccounts =
            only("org.sipring.provisioning..", "org.sipring.http..", "org.sipring.accounts..", "org.sipring.sip..");

    @ArchTest
    static final ArchRule nobodyKnowsTheProgram = noClasses()
            .that()
            .resideOutsideOfPackage("org.sipring.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.sipring.app..");

    @ArchTest
    static final ArchRule hazelcastLivesInTheOverlay = vendor("com.hazelcast..", "org.sipring.overlay..");

    @ArchTest
    static final ArchRule jainSipLivesInOnePackage = vendor("gov.nist..", "org.sipring.sip.jain..");

    @ArchTest
    static final ArchRule jainSipsInterfacesLiveThereToo = vendor("javax.sip..", "org.sipring.sip.jain..");

    @ArchTest
    static final ArchRule dnsjavaLivesInWire = vendor("org.xbill..", "..dns.wire..");

    @ArchTest
    static final ArchRule bouncyCastleLivesInCerts = vendor("org.bouncycastle..", "org.sipring.certs..");

    @ArchTest
    static final ArchRule nettyLivesAtTheSockets =
            vendor("io.netty..", "..transport..", "org.sipring.http..", "org.sipring.dns.server..");

    @ArchTest
    static final ArchRule ratisLivesInRaft = vendor("org.apache.ratis..", "org.sipring.store.raft..");

    @ArchTest
    static final ArchRule sqliteLivesInTheDatabase = vendor("org.sqlite..", "org.sipring.store.database..");

    @ArchTest
    static final ArchRule prometheusLivesInTheRuntime = vendor("io.prometheus..", "org.sipring.runtime..");

    @ArchTest
    static final ArchRule picocliLivesInTheCommandLine = vendor("picocli..", "org.sipring.app.cli..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.sipring.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule timeIsHandedIn = noClasses()
            .that()
            .resideInAPackage(OURS)
            .and()
            .resideOutsideOfPackage("org.sipring.runtime..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SecureRandom.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(ThreadLocalRandom.class, "current")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("a decision that asks the clock itself cannot be replayed");

    @ArchTest
    static final ArchRule threadsAreBornInTheRuntime = noClasses()
            .that()
            .resideInAPackage(OURS)
            .and()
            .resideOutsideOfPackage("org.sipring.runtime..")
            .should()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .because("every thread is a room with a name");

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage(OURS)
            .and()
            .areStatic()
            .should()
            .haveModifier(STATIC)
            .andShould()
            .haveModifier(FINAL);

    @ArchTest
    static final ArchRule whatIsStaticHoldsNothingThatGrows = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(OURS)
            .and()
            .areStatic()
            .should()
            .haveRawType(assignableTo(ConcurrentMap.class)
                    .or(assignableTo(AtomicReference.class))
                    .or(assignableTo(AtomicLong.class))
                    .or(assignableTo(AtomicInteger.class))
                    .or(assignableTo(HashMap.class))
                    .or(assignableTo(ArrayList.class))
                    .or(assignableTo(HashSet.class))
                    .or(assignableTo(Queue.class)))
            .because("two nodes in one process share nothing");

    private static ArchRule only(String... packages) {
        String[] allowed = Arrays.copyOf(packages, packages.length + 1);
        allowed[packages.length] = "org.sipring.api..";
        return noClasses()
                .that()
                .resideInAPackage(packages[0])
                .should()
                .dependOnClassesThat(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(OURS)
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(allowed))));
    }

    private static ArchRule vendor(String vendor, String... homes) {
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(vendor)
                .because("one vendor, one package")
                .allowEmptyShould(true);
    }
}
