package org.sipring.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator reads of a platform, and of its DNS while that is not as it should be. */
final class StatusTableTest {
    private static final String WHOLE =
            """
            {"domain": "example.org", "platform": "5eed", "node": "n2", "version": "1.2.4",
             "view": {"seq": 4, "id": "00000000000000ff"},
             "members": [
               {"id": "n1", "address": "192.0.2.11", "roles": ["manager", "proxy"], "state": "ready",
                "version": "1.2.3", "weight": 100, "ringShare": 0.25},
               {"id": "n2", "address": "2001:db8::12", "roles": ["proxy"], "state": "draining",
                "version": "1.2.4", "weight": 300, "busy": true, "ringShare": 0.75}],
             "manager": "n1", "tableSafe": false,
             "store": {"durable": true, "readable": true, "keptBy": ["n1", "n2", "n3"], "leader": "n2"},
             "dns": {"holder": "n1", "epoch": 3, "seq": 7, "inSync": true, "reporter": "n1", "activity": "writes",
                     "alarms": ["a foreign record"]},
             "alarms": ["clocks differ"],
             "bans": {"count": 3, "listed": [
               {"source": "192.0.2.7", "until": "2027-01-01T00:00:00Z", "reason": "failed authentication"}]}}
            """;

    @Test
    void aWaitForTheZoneIsExplained() throws JsonProcessingException {
        assertThat(render("\"inSync\":false,\"holder\":\"n1\",\"reporter\":\"n2\",\"activity\":\"waits until ...\""))
                .contains("DNS: NOT as it should be; written by n1, epoch 3, update 7", "DNS: n2 waits until ...");
    }

    @Test
    void aZoneInOrderNeedsNoExplanation() throws JsonProcessingException {
        assertThat(render("\"inSync\":true,\"holder\":\"n1\",\"reporter\":\"n1\",\"activity\":\"writes\""))
                .contains("DNS: as it should be; written by n1, epoch 3, update 7")
                .noneMatch(line -> line.contains("writes"));
    }

    @Test
    void whatIsNotKnownIsADash() throws JsonProcessingException {
        assertThat(render("\"inSync\":false,\"holder\":null,\"reporter\":\"n2\",\"activity\":\"asks\""))
                .contains("DNS: NOT as it should be; written by -, epoch 3, update 7");
    }

    @Test
    void whereDocumentsAreIsTold() throws JsonProcessingException {
        assertThat(documents(false, true, "", "null"))
                .isEqualTo("documents: in the memory of each node, and gone with it");
        assertThat(documents(true, true, "", "null"))
                .isEqualTo("documents: kept by other nodes: ask one that has the role store");
        assertThat(documents(true, true, "\"n1\"", "null"))
                .as("one that keeps none knows no leader")
                .isEqualTo("documents: kept by n1");
        assertThat(documents(true, true, "\"n1\",\"n2\",\"n3\"", "null"))
                .isEqualTo("documents: kept by n1,n2,n3, led by -");
        assertThat(documents(true, false, "\"n2\"", "\"n2\""))
                .isEqualTo("documents: kept by n2, led by n2; CANNOT BE READ by this node now");
    }

    @Test
    void whoIsToBeReplacedIsTold() throws JsonProcessingException {
        String store =
                """
                {"store": {"durable": true, "readable": true, "keptBy": ["n1"], "leader": "n1", "replacing": ["n1"]}}
                """;
        assertThat(StatusTable.render(new ObjectMapper().readTree(store)))
                .contains("documents: kept by n1, led by n1; to be replaced: n1");
    }

    private static String documents(boolean durable, boolean readable, String keptBy, String leader)
            throws JsonProcessingException {
        String store = "{\"node\":\"n2\",\"store\":{\"durable\":%s,\"readable\":%s,\"keptBy\":[%s],\"leader\":%s}}"
                .formatted(durable, readable, keptBy, leader);
        return StatusTable.render(new ObjectMapper().readTree(store)).stream()
                .filter(line -> line.startsWith("documents: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyMemberHasARowAndTheManagerItsMark() throws JsonProcessingException {
        assertThat(StatusTable.render(new ObjectMapper().readTree(WHOLE)))
                .containsExactly(
                        "Platform example.org   id 5eed   as n2 sees it",
                        "",
                        "NODE  ADDRESS       STATE           ROLES          WEIGHT  RING    VERSION",
                        "n1    192.0.2.11    ready           manager,proxy  100     25.0 %  1.2.3    manager",
                        "n2    2001:db8::12  draining, busy  proxy          300     75.0 %  1.2.4",
                        "",
                        "soft state: NOT SAFE: a crash now may lose bindings (one node alone, or backups still being made)",
                        "documents: kept by n1,n2,n3, led by n2",
                        "DNS: as it should be; written by n1, epoch 3, update 7",
                        "ALARM: a foreign record",
                        "ALARM: clocks differ",
                        "banned: 192.0.2.7 until 2027-01-01T00:00:00Z, failed authentication",
                        "banned: 2 more");
    }

    @Test
    void aListOfBansSaysWhoUntilWhenAndWhy() throws JsonProcessingException {
        assertThat(
                        StatusTable.bans(
                                new ObjectMapper()
                                        .readTree(
                                                """
                                {"bans": [{"source": "192.0.2.0/24", "until": "2027-01-01T00:00:00Z", "reason": "operator: spam"}]}
                                """)))
                .containsExactly("banned: 192.0.2.0/24 until 2027-01-01T00:00:00Z, operator: spam");
        assertThat(StatusTable.bans(new ObjectMapper().readTree("{\"bans\": []}")))
                .containsExactly("nobody is banned");
    }

    private static List<String> render(String dns) throws JsonProcessingException {
        return StatusTable.render(new ObjectMapper()
                .readTree("{\"domain\":\"example.org\",\"members\":[],\"tableSafe\":true,\"alarms\":[],"
                        + "\"dns\":{\"epoch\":3,\"seq\":7," + dns + "}}"));
    }
}
