package org.sipring.proxy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Meter;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.BindingsTable;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** When a node writes its bindings to its disk, and when it puts them back. */
final class SnapshotsTest implements Meter {
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ALICE = "alice@sipring.test";
    private static final String BOB = "bob@sipring.test";
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    private Path dir = Path.of("");

    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Samples.N1);
    private final SimOverlay overlay = new SimOverlay(Samples.N1, ticker);
    private final Map<String, DoubleSupplier> gauges = new HashMap<>();
    private int failures;
    private int registered;
    private Optional<Long> foundedAt = Optional.empty();
    private Path file = Path.of("");
    private CompletableFuture<?> begun = new CompletableFuture<>();

    @Override
    public Runnable counter(String name, String help, String... labels) {
        assertThat(name).isEqualTo("sipring_bindings_snapshot_failures_total");
        return () -> failures++;
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        gauges.put(name, value);
    }

    private double gauge(String name) {
        return Objects.requireNonNull(gauges.get("sipring_bindings_snapshot_" + name))
                .getAsDouble();
    }

    @BeforeEach
    void aPlatformThatHasLivedForLong() {
        file = dir.resolve("data").resolve("bindings.snapshot");
        foundedAt = Optional.of(ticker.nanos() - Duration.ofDays(1).toNanos());
    }

    private CompletionStage<Optional<Duration>> age() {
        return CompletableFuture.completedFuture(foundedAt.map(then -> Duration.ofNanos(ticker.nanos() - then)));
    }

    /** All nodes have ended, and this one, among the first that are back, looks at its disk. */
    private Snapshots afterAllEnded() {
        table.lose();
        time.advance(LATER);
        foundedAt = Optional.of(ticker.nanos());
        return started();
    }

    private Snapshots started() {
        Snapshots snapshots = new Snapshots(new Snapshots.Plan(file, EVERY), overlay, this::age, table, ticker, this);
        begun = snapshots.start().toCompletableFuture();
        time.settle();
        return snapshots;
    }

    private void register(String aor) {
        put(aor, Samples.bound(aor.substring(0, aor.indexOf('@')), ticker.now(), HOUR));
    }

    private void remove(String aor) {
        put(aor, Samples.removed(aor.substring(0, aor.indexOf('@')), ticker.now(), HOUR));
    }

    private void put(String aor, Bindings bindings) {
        time.until(
                BindingsTable.restore(table, aor, BindingsTable.spec().codec().encode(bindings), "r" + registered++));
    }

    private int live(String aor) {
        return time.until(table.get(aor))
                .orElse(Bindings.NONE)
                .live(ticker.now())
                .size();
    }

    private Path aside() {
        return file.resolveSibling("bindings.snapshot.aside");
    }

    private Path before() {
        return file.resolveSibling("bindings.snapshot.before");
    }

    private void stop(Snapshots snapshots) {
        time.until(snapshots.stop());
    }

    @Test
    void whatIsRegisteredIsOnTheDiskWithinTheTimeAndComesBackWhenAllHaveEnded() {
        started();
        register(ALICE);
        time.advance(EVERY);
        afterAllEnded();

        assertThat(live(ALICE)).isEqualTo(1);
        assertThat(gauge("bindings")).isEqualTo(1);
    }

    @Test
    void whatChangedAfterTheLastOneIsLost() {
        started();
        time.advance(EVERY);
        register(ALICE);
        afterAllEnded();

        assertThat(live(ALICE)).isZero();
    }

    @Test
    void aNodeThatComesIntoALivingPlatformForgetsWhatItsDiskSays() {
        stop(registeredAndWritten());
        table.lose();
        started();

        assertThat(live(ALICE)).isZero();
        time.advance(EVERY);
        afterAllEnded();
        assertThat(live(ALICE)).isZero();
    }

    @Test
    void whereNobodyKnowsHowOldThePlatformIsItLives() {
        stop(registeredAndWritten());
        table.lose();
        foundedAt = Optional.empty();
        started();

        assertThat(live(ALICE)).isZero();
    }

    private Snapshots registeredAndWritten() {
        Snapshots snapshots = started();
        register(ALICE);
        time.advance(EVERY);
        return snapshots;
    }

    @Test
    void whatIsRemovedSinceThePlatformIsBackStaysRemovedThoughALaterNodeRemembersIt() throws Exception {
        stop(registeredAndWritten());
        byte[] ofALaterNode = Files.readAllBytes(file);
        stop(afterAllEnded());
        remove(ALICE);
        Files.write(file, ofALaterNode);
        time.advance(LATER);
        started();

        assertThat(live(ALICE)).isZero();
    }

    @Test
    void whatHasExpiredMeanwhileIsLeftOut() {
        stop(registeredAndWritten());
        time.advance(HOUR);
        afterAllEnded();

        assertThat(time.until(table.get(ALICE))).isEmpty();
    }

    @Test
    void aCleanEndWritesOnceMore() {
        Snapshots snapshots = registeredAndWritten();
        register(BOB);
        stop(snapshots);
        afterAllEnded();

        assertThat(live(BOB)).isEqualTo(1);
    }

    @Test
    void afterItsEndNothingIsWrittenAndNothingIsMissed() {
        stop(registeredAndWritten());
        register(BOB);
        table.fail(SimTable.Fault.LOST);
        time.advance(EVERY.multipliedBy(2));

        assertThat(failures).isZero();
    }

    @Test
    void nothingIsWrittenWhereNothingChanged() throws Exception {
        registeredAndWritten();
        Files.setLastModifiedTime(file, LONG_AGO);
        time.advance(EVERY.multipliedBy(3));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
        assertThat(gauge("age_seconds")).isLessThan(31.0);

        register(BOB);
        time.advance(EVERY);
        assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(LONG_AGO);
    }

    @Test
    void aDiskThatTakesNothingIsCountedAndTheAgeGrows() throws Exception {
        registeredAndWritten();
        Files.createDirectories(file.resolveSibling("bindings.snapshot.new").resolve("in the way"));
        register(BOB);
        time.advance(EVERY.multipliedBy(3));
        assertThat(failures).isEqualTo(3);
        assertThat(gauge("age_seconds")).isGreaterThan(89.0);

        Files.delete(file.resolveSibling("bindings.snapshot.new").resolve("in the way"));
        time.advance(EVERY);
        assertThat(failures).isEqualTo(3);
        assertThat(gauge("age_seconds")).isLessThan(1.0);
        afterAllEnded();
        assertThat(live(BOB)).isEqualTo(1);
    }

    @Test
    void aTableThatCannotBeReadLeavesTheFileAsItIs() {
        Snapshots snapshots = registeredAndWritten();
        table.fail(SimTable.Fault.LOST);
        register(BOB);
        stop(snapshots);
        time.advance(EVERY);
        table.heal();
        afterAllEnded();

        assertThat(live(ALICE)).isEqualTo(1);
    }

    @Test
    void aDamagedFileIsKeptAsideAndTheNodeGoesOn() throws Exception {
        stop(registeredAndWritten());
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        Files.deleteIfExists(before());
        afterAllEnded();

        assertThat(live(ALICE)).isZero();
        assertThat(aside()).hasBinaryContent(damaged);
        register(BOB);
        time.advance(EVERY);
        afterAllEnded();
        assertThat(live(BOB)).isEqualTo(1);
        assertThat(aside()).hasBinaryContent(damaged);
    }

    @Test
    void aFileOfAnotherPlatformIsKeptAside() throws Exception {
        Files.createDirectories(file.getParent());
        register(ALICE);
        new SnapshotFile(file).write(new Head("another", ticker.now()), table.held());
        afterAllEnded();

        assertThat(live(ALICE)).isZero();
        assertThat(aside()).exists();
    }

    @Test
    void aFileFromTheFutureIsKeptAside() throws Exception {
        Files.createDirectories(file.getParent());
        register(ALICE);
        Instant future = ticker.now().plus(LATER).plusSeconds(1);
        new SnapshotFile(file).write(new Head(overlay.view().platform(), future), table.held());
        afterAllEnded();

        assertThat(live(ALICE)).isZero();
        assertThat(aside()).exists();
    }

    @Test
    void aTableThatDoesNotAnswerAtFirstIsAskedAgain() {
        stop(registeredAndWritten());
        table.fail(SimTable.Fault.UNANSWERED);
        afterAllEnded();
        assertThat(begun).isNotDone();
        time.advance(LATER);
        table.heal();
        time.advance(Duration.ofSeconds(1));

        assertThat(begun).isDone();
        assertThat(live(ALICE)).isEqualTo(1);
        assertThat(aside()).doesNotExist();
    }

    @Test
    void nothingIsWrittenOverWhatIsStillBeingPutBack() throws Exception {
        stop(registeredAndWritten());
        byte[] old = Files.readAllBytes(file);
        table.fail(SimTable.Fault.LOST);
        Snapshots snapshots = afterAllEnded();
        table.heal();
        stop(snapshots);

        assertThat(file).hasBinaryContent(old);
    }

    @Test
    void whatTheTableNeverTakesIsKeptAside() {
        stop(registeredAndWritten());
        table.fail(SimTable.Fault.LOST);
        afterAllEnded();
        time.advance(EVERY);
        table.heal();

        assertThat(aside()).exists();
        assertThat(live(ALICE)).isZero();
    }

    @Test
    void whatHasMovedToAnotherNodeIsStillOnTheDiskUntilThatOneHasWrittenItToo() {
        registeredAndWritten();
        table.lose();
        register(BOB);
        time.advance(EVERY);
        afterAllEnded();

        assertThat(live(ALICE)).isEqualTo(1);
        assertThat(live(BOB)).isEqualTo(1);
    }

    @Test
    void aCleanEndJustThenKeepsIt() {
        Snapshots snapshots = registeredAndWritten();
        table.lose();
        time.advance(EVERY);
        register(BOB);
        stop(snapshots);
        afterAllEnded();

        assertThat(live(ALICE)).isEqualTo(1);
        assertThat(live(BOB)).isEqualTo(1);
    }

    @Test
    void theOneBeforeIsGoneAfterAPeriod() {
        registeredAndWritten();
        assertThat(before()).exists();
        time.advance(EVERY);
        assertThat(before()).doesNotExist();
        assertThat(file).exists();
    }

    @Test
    void whatIsDamagedTakesNothingWithItThatIsInTheOneBefore() throws Exception {
        registeredAndWritten();
        register(BOB);
        time.advance(EVERY);
        Files.write(file, new byte[100]);
        afterAllEnded();

        assertThat(live(ALICE)).isEqualTo(1);
        assertThat(aside()).exists();
    }

    @Test
    void whereNoneIsToBeWrittenNoneIsLeft() throws Exception {
        registeredAndWritten();
        assertThat(before()).exists();
        Snapshots.forget(file);

        assertThat(file.getParent()).isEmptyDirectory();
    }

    @Test
    void aPlatformThatEndsAndFormsAgainWhileTheNodesProcessLivesGetsItsBindingsBack() {
        registeredAndWritten();
        table.lose();
        time.advance(LATER);
        foundedAt = Optional.of(ticker.nanos());
        time.advance(EVERY);

        assertThat(live(ALICE)).isEqualTo(1);
    }

    @Test
    void manyComeBackSomeAtATime() throws IOException {
        for (int i = 0; i < 1000; i++) {
            register("user" + i + "@sipring.test");
        }
        started();
        assertThat(gauge("bindings")).isEqualTo(1000);
        afterAllEnded();

        for (int i = 0; i < 1000; i++) {
            assertThat(live("user" + i + "@sipring.test")).isEqualTo(1);
        }
        assertThat(Files.size(file)).isLessThan(300_000);
    }
}
