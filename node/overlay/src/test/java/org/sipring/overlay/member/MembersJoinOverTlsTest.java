package org.sipring.overlay.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.RoleName;

@Tag("acceptance")
class MembersJoinOverTlsTest {
    @TempDir
    Path directory;

    private TlsMembers members;

    @BeforeEach
    void issue() throws Exception {
        members = new TlsMembers(directory, "n1", "n2", "n3");
    }

    @AfterEach
    void stop() {
        members.close();
    }

    @Test
    void threeNodesBecomeOneClusterThatReplicates() throws Exception {
        assertThat(members.start("n1", Set.of(RoleName.PROXY), true)).isEmpty();
        assertThat(members.start("n2", Set.of(RoleName.PROXY), false)).isEmpty();
        assertThat(members.start("n3", Set.of(RoleName.MANAGER), false)).isEmpty();
        for (int i = 0; i < members.size(); i++) {
            assertThat(members.hazelcast(i).getCluster().getMembers()).hasSize(3);
        }

        IMap<String, byte[]> one = members.hazelcast(0).getMap("bytes");
        for (int i = 0; i < 200; i++) {
            one.set("key" + i, new byte[i * 100]);
        }
        one.set("large", new byte[3_000_000]);
        IMap<String, byte[]> three = members.hazelcast(2).getMap("bytes");
        assertThat(three.get("large")).hasSize(3_000_000);
        assertThat(three.get("key199")).hasSize(19_900);
        assertThat(new HashSet<>(three.keySet())).hasSize(201);
    }

    @Test
    void aRoleThatIsNotInTheCertificateIsRefusedInTheJoinRequestToo() throws Exception {
        assertThat(members.start("n1", Set.of(RoleName.PROXY), true)).isEmpty();

        assertThat(members.start("n2", Set.of(RoleName.OPERATOR), false).orElseThrow())
                .contains("role operator is not in the certificate of node n2");
        assertThat(members.hazelcast(0).getCluster().getMembers()).hasSize(1);
    }

    @Test
    void aCopyOfAnIdentityOnASecondHostIsRefused() throws Exception {
        assertThat(members.start("n1", Set.of(RoleName.PROXY), true)).isEmpty();
        assertThat(members.start("n2", Set.of(RoleName.PROXY), false)).isEmpty();

        assertThat(members.start("n2", Set.of(RoleName.PROXY), false).orElseThrow())
                .contains("a node of this name is a member at");
    }
}
