package org.sipring.store.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.LargeName;

final class ManifestTest {
    private static final Manifest TWO = Manifest.of(new byte[ChunkName.LONGEST + 3]);

    @Test
    void allChunksButTheLastAreOfOneLength() {
        assertThat(TWO.chunks()).hasSize(2);
        assertThat(TWO.length(0)).isEqualTo(ChunkName.LONGEST);
        assertThat(TWO.length(1)).isEqualTo(3);
        assertThat(Manifest.of(new byte[0]).chunks()).isEmpty();
        assertThat(Manifest.of(new byte[LargeName.LONGEST]).chunks()).hasSize(Manifest.MOST);
    }

    @Test
    void whatIsWrittenIsReadAndNothingElse() {
        assertThat(Manifest.read(TWO.name(), TWO.bytes())).isEqualTo(TWO);
        assertThatThrownBy(() -> Manifest.read(TWO.name(), new byte[64])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Manifest.read(TWO.name(), new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameThatIsOfOtherChunksOrAnotherLengthIsRefused() {
        List<ChunkName> turned = List.of(TWO.chunks().get(1), TWO.chunks().get(0));
        LargeName longer = new LargeName(TWO.name().hash(), TWO.name().length() + 1);

        assertThatThrownBy(() -> new Manifest(TWO.name(), turned)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Manifest(longer, TWO.chunks())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameIsReadFromADocument() {
        assertThat(LargeName.of(TWO.name().toString())).isEqualTo(TWO.name());
        for (String bad : List.of("", "ab-1", TWO.name().hash(), TWO.name().hash() + "-10485761", TWO.name() + "x")) {
            assertThatThrownBy(() -> LargeName.of(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
