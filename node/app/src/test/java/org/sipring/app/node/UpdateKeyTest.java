package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.dns.wire.TsigKey;
import org.sipring.store.MemoryStore;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/** Whose file it is that a platform signs its updates of DNS with. */
final class UpdateKeyTest {
    private static final TsigKey FIRST = key(1);
    private static final TsigKey SECOND = key(2);
    private static final TsigKey THIRD = key(3);

    @TempDir
    private Path dir = Path.of("");

    private final MemoryStore store = new MemoryStore();
    private final SimTime time = new SimTime();
    private boolean cutOff;

    private static TsigKey key(int seed) {
        return TsigKey.generate("key" + seed, new SimChance(seed));
    }

    private Store reachable() {
        InvocationHandler handler =
                (self, method, arguments) -> cutOff && method.getName().equals("catchUp")
                        ? CompletableFuture.failedFuture(new TimeoutException("cut off by the test"))
                        : method.invoke(store, arguments);
        Class<?>[] type = {Store.class};
        return (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), type, handler);
    }

    private UpdateKey start(String node, TsigKey inItsFile) throws IOException {
        Path file = dir.resolve(node + ".key");
        Files.deleteIfExists(file);
        inItsFile.write(file);
        return start(node, Optional.of(file));
    }

    private UpdateKey start(String node, Optional<Path> file) throws IOException {
        UpdateKey started = UpdateKey.read(file);
        started.share(reachable(), new NodeId(node), time.ticker());
        return started;
    }

    private static String name(UpdateKey key) {
        return key.get().orElseThrow().name();
    }

    @Test
    void theFileOfOneNodeIsEnoughForAll() throws IOException {
        UpdateKey before = start("n2", Optional.empty());
        assertThat(before.get()).isEmpty();
        UpdateKey n1 = start("n1", FIRST);
        UpdateKey after = start("n3", Optional.empty());

        assertThat(name(n1)).isEqualTo("key1");
        assertThat(name(before)).isEqualTo("key1");
        assertThat(after.get().orElseThrow().text()).isEqualTo(FIRST.text());
    }

    @Test
    void aFileThatHasChangedIsTheNewKeyOfAllAlsoWhereOthersStillHaveTheFormer() throws IOException {
        start("n1", FIRST);
        UpdateKey n2 = start("n2", FIRST);
        UpdateKey n1 = start("n1", SECOND);
        assertThat(name(n1)).isEqualTo("key2");
        assertThat(name(n2)).as("at once").isEqualTo("key2");
        assertThat(name(start("n2", FIRST))).as("started again").isEqualTo("key2");
        assertThat(name(start("n2", SECOND))).isEqualTo("key2");
        assertThat(name(start("n2", FIRST))).as("on purpose").isEqualTo("key1");
    }

    @Test
    void aNewNodeWithAnotherFileChangesNothingUntilThatIsChanged() throws IOException {
        start("n1", FIRST);
        assertThat(name(start("n2", SECOND))).isEqualTo("key1");
        assertThat(name(start("n2", SECOND))).isEqualTo("key1");
        assertThat(name(start("n2", THIRD))).isEqualTo("key3");
    }

    @Test
    void whereTheStoreCannotBeReachedItIsGivenLater() throws IOException {
        start("n1", FIRST);
        cutOff = true;
        UpdateKey n1 = start("n1", SECOND);
        assertThat(name(n1)).isEqualTo("key1");
        cutOff = false;
        time.advance(Duration.ofSeconds(6));
        assertThat(name(n1)).isEqualTo("key2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no JSON", "null", "{}", "{\"key\": \"no key\", \"files\": {\"n1\": \"x\"}}", "{\"new\": 1}"})
    void whatIsNoKeyInTheStoreStopsNobodyAndIsReplaced(String text) throws IOException {
        store.put("dns-keys", "updates", text.getBytes(StandardCharsets.UTF_8), 0);
        assertThat(start("n2", Optional.empty()).get()).isEmpty();
        assertThat(name(start("n1", FIRST))).isEqualTo("key1");
        assertThat(name(start("n2", Optional.empty()))).isEqualTo("key1");
    }

    @Test
    void withoutAStoreEachHasItsOwn() throws IOException {
        Path file = dir.resolve("own.key");
        FIRST.write(file);
        assertThat(name(UpdateKey.read(Optional.of(file)))).isEqualTo("key1");
    }

    @Test
    void aFileThatIsNoKeyIsRefused() throws IOException {
        Path file = Files.writeString(dir.resolve("no.key"), "secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> UpdateKey.read(Optional.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not one TSIG key");
    }
}
