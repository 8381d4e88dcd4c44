package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.overlay.member.MemberSettings;
import org.sipring.overlay.member.Passport;
import org.sipring.testkit.SimTime;

class PropertiesTest {
    private final Config member = MemberSettings.config(
            new Passport("p1", "sipring.test", new NodeId("n1"), Set.of()), new InetSocketAddress("127.0.0.1", 7600));
    private final Config tables = new Config();

    PropertiesTest() {
        new HazelcastTables(new NodeId("n1"), new SimTime().ticker()).configure(tables);
    }

    @Test
    void noPropertyOfHazelcastIsSetInTwoPlaces() {
        Set<Object> both = new TreeSet<>(member.getProperties().keySet());
        both.retainAll(tables.getProperties().keySet());
        assertThat(both).isEmpty();
        assertThat(member.getProperties()).isNotEmpty();
        assertThat(tables.getProperties()).isNotEmpty();
    }

    @Test
    void anOwnerGivesUpItsBackupBeforeTheCallerGivesUpTheOwner() {
        assertThat(Long.parseLong(tables.getProperty("hazelcast.operation.backup.timeout.millis")))
                .isLessThan(Calls.LIMIT.toMillis());
    }
}
