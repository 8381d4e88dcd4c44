package org.sipring.provisioning.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.store.MemoryStore;

class AuditTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryStore store = new MemoryStore();

    private Audit open(String node) {
        return new Audit(store, new NodeId(node));
    }

    private static void keep(Audit audit, int second) {
        Change change = new Change(BEGIN.plusSeconds(second), "me", "::1", "test", "line\nend", List.of("name"), "200");
        audit.keep(change).toCompletableFuture().join();
    }

    @Test
    void theNewestComeFirstAndTheOldestAreWrittenOver() {
        Audit audit = open("n1");
        for (int second = 0; second < Audit.PER_NODE + 3; second++) {
            keep(audit, second);
        }
        assertThat(store.list("audit", "")).hasSize(Audit.PER_NODE);
        assertThat(audit.latest(Instant.MAX, 2))
                .extracting(change -> change.path("time").asText())
                .containsExactly(
                        BEGIN.plusSeconds(Audit.PER_NODE + 2).toString(),
                        BEGIN.plusSeconds(Audit.PER_NODE + 1).toString());
        assertThat(audit.latest(BEGIN.plusSeconds(4), 9)).hasSize(1);
    }

    @Test
    void aNodeThatStartsAgainGoesOnWhereItWas() {
        Audit first = open("n1");
        keep(first, 0);
        keep(first, 1);
        keep(open("n2"), 2);
        keep(open("n1"), 3);
        assertThat(first.latest(Instant.MAX, 9)).hasSize(4);
    }

    private void put(String key, String value) {
        store.put("audit", key, value.getBytes(StandardCharsets.UTF_8), 0)
                .toCompletableFuture()
                .join();
    }

    @Test
    void whatCannotBeReadIsLeftOutAndTheRestIsAsEver() {
        keep(open("n1"), 0);
        put("n1/x", "{\"time\":\"" + BEGIN.plusSeconds(9) + "\"}");
        put("n1/0007", "no JSON");
        put("n1/0008", "{\"time\":\"yesterday\"}");
        put("n1/0009", "");
        put("n1", "{}");

        Audit audit = open("n1");
        keep(audit, 1);
        assertThat(store.get("audit", "n1/0001")).isPresent();
        assertThat(audit.latest(Instant.MAX, 9))
                .extracting(change -> change.path("time").asText())
                .containsExactly(BEGIN.plusSeconds(1).toString(), BEGIN.toString());
    }

    @Test
    void anEntryInAPlaceThatIsNoneLeadsToOneThatIs() {
        put("n1/" + Integer.MAX_VALUE, "{\"time\":\"" + BEGIN + "\"}");
        keep(open("n1"), 1);
        assertThat(store.list("audit", "n1/"))
                .extracting(Store.Document::key)
                .containsOnlyOnce("n1/" + Integer.MAX_VALUE)
                .anyMatch(key -> key.matches("n1/[01][0-9]{3}"));
    }

    private static Store unreadable() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("damaged by the test");
                });
    }

    @Test
    void whoMadeAChangeHearsOfItWhateverBecomesOfItsEntry() {
        Change change = new Change(BEGIN, "me", "::1", "test", "x", List.of(), "200");
        Audit audit = new Audit(unreadable(), new NodeId("n1"));
        assertThat(audit.keep(change)).succeedsWithin(Duration.ZERO);
    }

    @Test
    void aChangeIsOneLine() {
        Change change = new Change(BEGIN, "a\r\nb", "::1", "test", "line\nend", List.of(), "200");
        assertThat(change.json().toString()).doesNotContain("\n", "\r").contains("line\\nend");
    }
}
