package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.runtime.settings.StoreSettings;
import org.sipring.store.raft.FounderNote;

/** Which node may begin a platform with a store. */
final class StorePlaceTest {
    @TempDir
    private Path dir = Path.of("");

    private StorePlace place(boolean durable, boolean keeps) {
        StoreSettings.Copies copies = new StoreSettings.Copies(Duration.ofDays(1), 7, List.of());
        return new StorePlace(durable, dir.resolve("store"), new InetSocketAddress("127.0.0.1", 7610), keeps, copies);
    }

    private boolean founds() throws IOException {
        return new FounderNote(dir.resolve("store")).names("one");
    }

    @Test
    void oneThatKeepsItsDocumentsNotesThatItFounds() throws Exception {
        place(true, true).founding().note("one");
        assertThat(founds()).isTrue();
    }

    @Test
    void oneWithoutTheRoleIsRefused() throws Exception {
        assertThatThrownBy(() -> place(true, false).founding().note("one"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("needs the role store")
                .hasMessageContaining("issue it a certificate that permits the role");
        assertThat(founds()).isFalse();
    }

    @Test
    void inMemoryAnyNodeMayBegin() throws Exception {
        place(false, false).founding().note("one");
        assertThat(founds()).isTrue();
    }
}
