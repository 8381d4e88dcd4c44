package org.sipring.store.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.Store;
import org.sipring.store.command.Key;

/** Who hears of changes. */
final class WatchersTest {
    private final List<String> heard = new ArrayList<>();
    private final Watchers watchers = new Watchers();

    private Store.Watcher noting(String name) {
        return new Store.Watcher() {
            @Override
            public void changed(String key) {
                heard.add(name + " " + key);
            }

            @Override
            public void allChanged() {
                heard.add(name + " all");
            }
        };
    }

    private static final class Failing implements Store.Watcher {
        @Override
        public void changed(String key) {
            throw new IllegalStateException("a bug");
        }

        @Override
        public void allChanged() {
            throw new IllegalStateException("a bug");
        }
    }

    @Test
    void oneThatFailsKeepsNobodyFromHearing() {
        watchers.add("accounts", new Failing());
        watchers.add("accounts", noting("one"));
        watchers.changed(new Key("accounts", "alice"));
        watchers.replaced();

        assertThat(heard).containsExactly("one alice", "one all");
    }

    @Test
    void whoHearsOfEverythingHearsOfAllCollections() {
        Watchers all = new Watchers();
        all.add("accounts", noting("accounts"));
        all.add("policies", noting("policies"));
        watchers.add(all);
        watchers.changed(new Key("policies", "alice"));
        watchers.replaced();

        assertThat(heard).containsExactlyInAnyOrder("policies alice", "accounts all", "policies all");
    }

    @Test
    void ofAReplacementAllHear() {
        watchers.add("accounts", noting("one"));
        watchers.add("policies", noting("two"));
        watchers.replaced();

        assertThat(heard).containsExactlyInAnyOrder("one all", "two all");
    }
}
