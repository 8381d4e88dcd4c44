package org.sipring.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator reads while DNS is not as it should be. */
final class StatusTableTest {
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

    private static List<String> render(String dns) throws JsonProcessingException {
        return StatusTable.render(new ObjectMapper()
                .readTree("{\"domain\":\"example.org\",\"members\":[],\"tableSafe\":true,\"alarms\":[],"
                        + "\"dns\":{\"epoch\":3,\"seq\":7," + dns + "}}"));
    }
}
