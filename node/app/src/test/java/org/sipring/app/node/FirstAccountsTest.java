package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.api.Store;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.store.MemoryStore;

/** A platform gets its first accounts out of a file, once. */
final class FirstAccountsTest {
    private static final Account ALICE = account("alice", "secret");
    private static final Account BOB = account("bob", "secret");

    private final MemoryStore store = new MemoryStore();
    private final Accounts accounts = new Accounts(store);
    private Path file = Path.of("");

    private static Account account(String user, String password) {
        return Account.of(user + "@sipring.test", password, List.of(DigestAlgorithm.MD5));
    }

    @BeforeEach
    void write(@TempDir Path dir) throws IOException {
        file = Files.writeString(dir.resolve("accounts"), "as it was");
    }

    private void give(Account... wanted) throws IOException {
        new FirstAccounts(store).give(file, List.of(wanted));
    }

    @Test
    void aNewPlatformGetsThem() throws IOException {
        give(ALICE, BOB);

        assertThat(accounts.of("sipring.test"))
                .extracting(Accounts.Stored::account)
                .containsExactly(ALICE, BOB);
    }

    @Test
    void whatIsRemovedDoesNotComeBack() throws IOException {
        give(ALICE, BOB);
        long revision = accounts.stored(BOB.aor()).orElseThrow().revision();
        accounts.remove(BOB.aor(), revision).toCompletableFuture().join();
        give(ALICE, BOB);
        Files.writeString(file, "changed");
        give(ALICE, BOB);

        assertThat(accounts.find(BOB.aor())).isEmpty();
    }

    @Test
    void anotherNodeThatGivesTheSameAtTheSameMomentIsNoHindrance() throws IOException {
        Account carol = ALICE.withAliases(List.of("carol@sipring.test"));
        new FirstAccounts(overtaken("carol", carol.aor())).give(file, List.of(carol));

        assertThat(accounts.find(carol.aor())).contains(carol);
    }

    /** The store, where somebody else is a moment earlier to write whose an alias is. */
    private Store overtaken(String alias, String owner) {
        AtomicBoolean earlier = new AtomicBoolean();
        InvocationHandler calls = (proxy, method, arguments) -> {
            if (method.getName().equals("put")
                    && arguments[1].equals("sipring.test/" + alias)
                    && earlier.compareAndSet(false, true)) {
                byte[] other = owner.getBytes(StandardCharsets.UTF_8);
                store.put((String) arguments[0], (String) arguments[1], other, 0)
                        .toCompletableFuture()
                        .join();
            }
            return method.invoke(store, arguments);
        };
        return (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, calls);
    }

    @Test
    void whatIsThereStaysAsItIs() throws IOException {
        Account other = account("alice", "another");
        accounts.put(other, 0).toCompletableFuture().join();
        give(ALICE, BOB);

        assertThat(accounts.find(ALICE.aor())).contains(other);
        assertThat(accounts.find(BOB.aor())).contains(BOB);
    }
}
