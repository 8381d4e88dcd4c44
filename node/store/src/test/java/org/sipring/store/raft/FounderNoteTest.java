package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FounderNoteTest {
    @TempDir
    private Path dir = Path.of("");

    private FounderNote note() {
        return new FounderNote(dir.resolve("store"));
    }

    @Test
    void whereNothingBeganNothingIsFounded() throws IOException {
        assertThat(note().names("p1")).isFalse();
    }

    @Test
    void onlyThePlatformThatBeganHereIsFoundedHere() throws IOException {
        note().write("p1");

        assertThat(note().names("p1")).isTrue();
        assertThat(note().names("p2")).isFalse();
    }

    @Test
    void eachPlatformHasAGroupOfItsOwn() {
        assertThat(FounderNote.group("p1")).isEqualTo(FounderNote.group("p1")).isNotEqualTo(FounderNote.group("p2"));
    }
}
