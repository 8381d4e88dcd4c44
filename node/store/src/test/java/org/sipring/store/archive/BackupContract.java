package org.sipring.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Backups;
import org.sipring.api.Envelopes;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;
import org.sipring.certs.Envelope;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.SystemChance;
import org.sipring.store.MemoryStore;
import org.sipring.store.command.Key;
import org.sipring.store.large.Manifest;
import org.sipring.store.secret.Secrets;

/** What backups do with a store. */
public abstract class BackupContract {
    private static final int PART = 7;

    @TempDir
    Path dir;

    private final Rooms rooms = new Rooms();
    private Envelopes operator;
    private WholeStore opened;
    private StoreBackups backups;

    /** The store under test, empty at the beginning. */
    protected abstract WholeStore store();

    @BeforeEach
    void open() throws Exception {
        Holders holders = new Holders(dir);
        operator = holders.holder("admin");
        Secrets secrets = new Secrets(store(), holders.holder("n1"), new NodeId("n1"), new SystemChance());
        join(secrets.found());
        opened = secrets.sealing(Set.of("accounts"));
        backups = over(store(), opened);
    }

    private StoreBackups over(WholeStore documents, WholeStore clear) {
        StoreBackups.Origin origin = new StoreBackups.Origin("sipring.test", "n1", dir.resolve("made"), Envelope::seal);
        return new StoreBackups(origin, documents, clear, new SystemChance(), rooms.open("backup"));
    }

    @AfterEach
    void end() {
        rooms.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void put(String collection, String key, String value) {
        long revision =
                store().get(collection, key).map(Store.Document::revision).orElse(0L);
        assertThat(join(opened.put(collection, key, value.getBytes(StandardCharsets.UTF_8), revision)))
                .isPresent();
    }

    private void remove(String collection, String key) {
        assertThat(join(store().delete(
                                collection,
                                key,
                                store().get(collection, key).orElseThrow().revision())))
                .isTrue();
    }

    private String everything() throws IOException {
        return everything(opened);
    }

    private static String everything(WholeStore store) throws IOException {
        TreeMap<String, String> all = new TreeMap<>();
        store.moment((collection, document) -> {
            if (StoreCollection.archived(collection) != StoreCollection.Archived.NEVER) {
                all.put(collection + ' ' + document.key(), new String(document.value(), StandardCharsets.UTF_8));
            }
        });
        return all.toString();
    }

    private byte[] backup() throws IOException {
        try (FileChannel file = join(backups.make(operator.own()))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Channels.newInputStream(file).transferTo(bytes);
            return bytes.toByteArray();
        }
    }

    private List<Item> items(byte[] archive) throws IOException {
        List<Item> items = new ArrayList<>();
        try (ArchiveReader in = new ArchiveReader(new ByteArrayInputStream(archive), operator::open)) {
            for (Optional<Item> next = in.next(); next.isPresent(); next = in.next()) {
                items.add(next.get());
            }
        }
        return items;
    }

    /** In parts, as it is restored from afar. */
    private static Backups.Replaced restore(StoreBackups into, List<Item> items, boolean pretend) {
        Backups.Replaced sum = Backups.Replaced.NOTHING;
        Optional<Backups.Place> after = Optional.empty();
        for (int from = 0; from == 0 || from < items.size(); from += PART) {
            List<Backups.Wanted> part = items.subList(from, Math.min(items.size(), from + PART)).stream()
                    .map(item -> new Backups.Wanted(place(item.key()), item.value(), item.refersTo()))
                    .toList();
            boolean last = from + PART >= items.size();
            Optional<Backups.Place> upTo = last
                    ? Optional.empty()
                    : Optional.of(part.get(part.size() - 1).place());
            sum = sum.and(join(into.replace(new Backups.Part(after, upTo, part), pretend)));
            after = upTo;
        }
        return sum;
    }

    private static Backups.Place place(Key key) {
        return new Backups.Place(key.collection(), key.name());
    }

    private static String key(int number) {
        return "key%06d".formatted(number);
    }

    @Test
    void anArchiveIsOfOneMomentAfterAllThatWasAcknowledged() throws Exception {
        try (Writing writing = new Writing(number -> put("accounts", key(number), "x"))) {
            for (int round = 1; round <= 5; round++) {
                int before = writing.until(round * 40);
                List<String> keys = items(backup()).stream()
                        .map(item -> item.key().name())
                        .sorted()
                        .toList();
                assertThat(keys).hasSizeGreaterThanOrEqualTo(before);
                assertThat(keys)
                        .as("none is missing between others")
                        .isEqualTo(IntStream.range(0, keys.size())
                                .mapToObj(BackupContract::key)
                                .toList());
            }
        }
    }

    private void fill() {
        IntStream.range(0, 30).forEach(i -> put("accounts", "sipring.test/user%02d".formatted(i), "hash " + i));
        put("accounts", "sipring.test/\ud83d\ude00", "smiles");
        put("accounts", "sipring.test/\ufb01ona", "behind a smile in Java, before it in UTF-8");
        put("aliases", "sipring.test/4711", "user01@sipring.test");
        put("audit", "n1/0000", "once");
        put("first-accounts", "accounts-file", "digest");
    }

    @Test
    void whatWasThereIsThereAgain() throws IOException {
        fill();
        String before = everything();
        byte[] archive = backup();
        remove("accounts", "sipring.test/user07");
        remove("accounts", "sipring.test/\ud83d\ude00");
        put("accounts", "sipring.test/user08", "another");
        put("accounts", "sipring.test/aaa", "new");
        put("zones", "x", "of a collection that the archive does not know");
        put("aliases", "sipring.test/0815", "new");
        List<Item> items = items(archive);
        List<Item> shown =
                items.stream().filter(item -> item.value().length > 0).toList();
        assertThat(shown).hasSize(35);
        String changed = everything();

        Backups.Replaced would = restore(backups, items, true);
        assertThat(would).isEqualTo(new Backups.Replaced(2, 1, 3, 30, 3));
        assertThat(everything()).isEqualTo(changed);
        assertThat(restore(backups, items, false)).isEqualTo(would);
        assertThat(everything()).isEqualTo(before);
        assertThat(restore(backups, items, false)).isEqualTo(new Backups.Replaced(0, 0, 0, 33, 3));
    }

    @Test
    void secretsAreInTheClearUnderTheArchivesSealAndSealedAnewWhereTheyComeTo() throws Exception {
        fill();
        List<Item> items = items(backup());
        assertThat(items)
                .filteredOn(item -> item.key().collection().equals("accounts"))
                .first()
                .satisfies(item -> assertThat(new String(item.value(), StandardCharsets.UTF_8))
                        .isEqualTo("hash 0"));
        assertThat(items).noneMatch(item -> item.key().collection().equals("platform-keys"));

        MemoryStore elsewhere = new MemoryStore();
        Holders others = new Holders(dir.resolve("elsewhere"));
        Secrets secrets = new Secrets(elsewhere, others.holder("m1"), new NodeId("m1"), new SystemChance());
        join(secrets.found());
        WholeStore clear = secrets.sealing(Set.of("accounts"));
        restore(over(elsewhere, clear), items, false);
        assertThat(everything(clear)).isEqualTo(everything());
        assertThat(elsewhere.list("accounts", ""))
                .noneMatch(document -> new String(document.value(), StandardCharsets.ISO_8859_1).contains("hash"));
        assertThat(elsewhere.list("platform-keys", "")).hasSize(1);
    }

    @Test
    void anArchiveOfNothingEmptiesAStoreButForWhatIsThePlatforms() throws IOException {
        List<Item> nothing = items(backup());
        fill();
        assertThat(restore(backups, nothing, false)).isEqualTo(new Backups.Replaced(0, 0, 33, 0, 3));
        assertThat(everything()).isEqualTo("{audit n1/0000=once, first-accounts accounts-file=digest}");
    }

    @Test
    void whoKeepsThisStoreAndWhoIsToBeReplacedIsNoMatterOfArchives() throws IOException {
        put("store-group", "voters", "n1");
        put("store-group", "replace/n1", "");
        List<Item> items = items(backup());
        assertThat(items).noneMatch(item -> item.key().collection().equals("store-group"));
        remove("store-group", "replace/n1");
        put("store-group", "replace/n2", "");
        put("store-group", "voters", "n2");
        List<Item> foreign = List.of(
                new Item(new Key("store-group", "replace/n9"), 1, new byte[0]),
                new Item(new Key("store-group", "voters"), 2, new byte[] {'9'}));

        for (boolean pretend : List.of(true, false)) {
            assertThat(restore(backups, items, pretend)).isEqualTo(new Backups.Replaced(0, 0, 0, 0, 3));
            assertThat(restore(backups, foreign, pretend)).isEqualTo(new Backups.Replaced(0, 0, 0, 0, 4));
        }
        assertThat(store().list("store-group", ""))
                .extracting(Store.Document::key)
                .containsExactly("replace/n2", "voters");
        assertThat(store().get("store-group", "voters").orElseThrow().value()).isEqualTo(new byte[] {'n', '2'});
    }

    @Test
    void historyIsAddedToButNotRewritten() throws IOException {
        fill();
        List<Item> items = items(backup());
        put("audit", "n1/0000", "later");
        put("audit", "n2/0000", "later");
        remove("first-accounts", "accounts-file");
        restore(backups, items, false);
        assertThat(everything())
                .contains("audit n1/0000=later", "audit n2/0000=later", "first-accounts accounts-file=digest");
    }

    @Test
    void whoWatchesHearsOfIt() throws IOException {
        fill();
        List<Item> items = items(backup());
        put("accounts", "sipring.test/user08", "another");
        remove("accounts", "sipring.test/user09");
        List<String> heard = new CopyOnWriteArrayList<>();
        store().watch("accounts", new Store.Watcher() {
            @Override
            public void changed(String key) {
                heard.add(key);
            }

            @Override
            public void allChanged() {
                heard.add("all");
            }
        });
        restore(backups, items, false);
        assertThat(heard).containsExactlyInAnyOrder("sipring.test/user08", "sipring.test/user09");
    }

    @Test
    void whatADiskHasDamagedIsReplaced() throws IOException {
        fill();
        List<Item> items = items(backup());
        String before = everything();
        long revision =
                store().get("accounts", "sipring.test/user03").orElseThrow().revision();
        join(store().put("accounts", "sipring.test/user03", new byte[60], revision));
        assertThat(restore(backups, items, false)).isEqualTo(new Backups.Replaced(0, 1, 0, 32, 3));
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void largeValuesThatDocumentsReferToComeBackOnceAndFirst() throws Exception {
        byte[] greeting = new SystemChance().bytes(600 * 1024);
        LargeName name = join(store().write(greeting));
        var unused = join(store().write(new byte[] {1, 2, 3}));
        for (String user : List.of("alice", "bob")) {
            assertThat(join(opened.put("accounts", user, user.getBytes(StandardCharsets.UTF_8), 0, Set.of(name))))
                    .isInstanceOf(LargeValues.Put.Written.class);
        }
        byte[] archive = backup();
        MemoryStore elsewhere = new MemoryStore();
        Secrets secrets = new Secrets(
                elsewhere, new Holders(dir.resolve("away")).holder("m1"), new NodeId("m1"), new SystemChance());
        join(secrets.found());
        StoreBackups into = over(elsewhere, secrets.sealing(Set.of("accounts")));
        List<Item> items = items(archive);

        assertThat(items).extracting(Item::refersTo).containsExactly(Set.of(name), Set.of(name));
        assertThatThrownBy(() -> restore(into, items, false)).hasMessageContaining("have not been sent before it");
        List<LargeName> taken = restoreLarge(into, archive);
        assertThat(restore(into, items, false).created()).isEqualTo(2);
        assertThat(taken).as("what nothing refers to is left out").containsExactly(name);
        assertThat(join(elsewhere.read(name))).contains(greeting);
        assertThat(restore(into, items, false).same()).isEqualTo(2);
    }

    private List<LargeName> restoreLarge(StoreBackups into, byte[] archive) throws IOException {
        List<LargeName> taken = new ArrayList<>();
        ArchiveReader.Taker taker = new ArchiveReader.Taker() {
            @Override
            public void chunk(byte[] bytes) {
                join(into.write(new Backups.Large(List.of(bytes), List.of())));
            }

            @Override
            public void whole(Manifest manifest) {
                taken.add(manifest.name());
                join(into.write(
                        new Backups.Large(List.of(), List.of(new Backups.Value(manifest.name(), manifest.bytes())))));
            }
        };
        try (ArchiveReader in = new ArchiveReader(new ByteArrayInputStream(archive), operator::open)) {
            while (in.next(taker).isPresent()) {
                // The documents are restored by themselves.
            }
        }
        return taken;
    }

    @Test
    void anArchiveThatWasAskedForLeavesNothingOnTheDisk() throws IOException {
        fill();
        try (FileChannel file = join(backups.make(operator.own()));
                var files = Files.list(dir.resolve("made"))) {
            assertThat(file.size()).isPositive();
            assertThat(files).isEmpty();
        }
    }
}
