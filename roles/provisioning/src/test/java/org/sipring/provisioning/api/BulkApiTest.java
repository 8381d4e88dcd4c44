package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.accounts.Account;
import org.sipring.sip.digest.DigestAlgorithm;

/** Import and export, over real TLS. */
class BulkApiTest {
    private static final String IMPORT = "/v1/domains/sipring.test/import";
    private static final String HASH = "939e7578ed9e3c518a452acee763bce9";
    private static final String EXPORT = "/v1/domains/sipring.test/export";

    @TempDir
    Path folder;

    private Platform platform;
    private Platform.Client operator;

    @BeforeEach
    void start() throws Exception {
        platform = new Platform(folder);
        operator = platform.operator();
    }

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    private JsonNode take(String query, String type, String body) throws Exception {
        HttpResponse<String> reply = operator.send("POST", IMPORT + query, body, "Content-Type", type);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return new ObjectMapper().readTree(reply.body());
    }

    private static String counts(JsonNode report) {
        return report.properties().stream()
                .filter(entry -> entry.getValue().asInt() > 0)
                .map(entry -> entry.getKey() + ' ' + entry.getValue().asInt())
                .collect(Collectors.joining(", "));
    }

    @Test
    void manyAccountsAreWrittenAndOnceMoreChangesNothing() throws Exception {
        String rows = IntStream.range(0, 2000)
                .mapToObj(i -> "u" + i + ",secret\n")
                .collect(Collectors.joining("", "username,password\n", ""));
        assertThat(counts(take("", "text/csv", rows))).isEqualTo("created 2000");
        assertThat(counts(take("", "text/csv", rows))).isEqualTo("kept 2000");
        assertThat(counts(take("?existing=update", "text/csv", rows))).isEqualTo("unchanged 2000");
        assertThat(platform.accounts.find("u1999@sipring.test"))
                .contains(Account.of("u1999@sipring.test", "secret", Platform.ALGORITHMS));
        assertThat(operator.get("/v1/audit").body()).contains("accounts.import", "2000 CREATED");
        assertThat(platform.counted("imported_total outcome created")).isEqualTo(2000);
        assertThat(platform.counted("imported_total outcome updated")).isZero();
    }

    @Test
    void whatIsWrongIsNamedWithItsLineAndTheRestIsWritten() throws Exception {
        JsonNode report = take(
                "",
                "text/csv; charset=utf-8",
                """
                username,domain,password,aliases,shoe_size
                dave,,x,,7
                bob,,x,,
                eve,sipring.test,,,
                fay,other.test,x,,
                guy,,x,4711@sipring.test,
                """);
        assertThat(counts(report)).isEqualTo("created 1, kept 1, elsewhere 1, refused 2");
        assertThat(report.path("refusals").toString())
                .contains("{\"line\":4,\"user\":\"eve\",\"errors\":[{\"pointer\":\"#/password\"")
                .contains("\"user\":\"guy\"", "#/aliases");
        assertThat(report.path("ignoredColumns").toString()).isEqualTo("[\"shoe_size\"]");
        assertThat(platform.accounts.find("dave@sipring.test")).isPresent();
        assertThat(platform.accounts.find("bob@sipring.test").orElseThrow().name())
                .isEqualTo("Robert Secretive");
    }

    @Test
    void anUpdateChangesWhatARowSpeaksOf() throws Exception {
        assertThat(counts(take(
                        "?existing=update",
                        "application/jsonl",
                        "{\"address\":\"bob@sipring.test\",\"contacts\":3}\n")))
                .isEqualTo("updated 1");
        Account bob = platform.accounts.find("bob@sipring.test").orElseThrow();
        assertThat(bob.contacts()).hasValue(3);
        assertThat(bob.name()).isEqualTo("Robert Secretive");
        assertThat(counts(take("?existing=refuse", "application/jsonl", "{\"address\":\"bob@sipring.test\"}")))
                .isEqualTo("refused 1");
    }

    @Test
    void aUserWhoseNameIsTooLongIsRefusedAndTheOthersAreTaken() throws Exception {
        String row = "{\"address\":\"%s@sipring.test\",\"password\":\"x\"}\n";
        String longest = "l".repeat(Account.LONGEST_ADDRESS - "@sipring.test".length());
        String rows = row.formatted("dave")
                + row.formatted("u".repeat(70_000))
                + row.formatted(longest)
                + row.formatted(longest + 'l')
                + row.formatted("eve");
        JsonNode report = take("", "application/jsonl", rows);
        assertThat(counts(report)).isEqualTo("created 3, refused 2");
        assertThat(report.toString())
                .contains("#/address", "at most 512 characters", "\"line\":2", "\"line\":4")
                .doesNotContain("u".repeat(1000));
        assertThat(platform.accounts.find("eve@sipring.test")).isPresent();
    }

    @Test
    void twoRowsOfOneAccountDoNotWriteOverEachOther() throws Exception {
        JsonNode report = take("", "text/csv", "username,password\ndave,one\ndave,two\n");
        assertThat(report.path("created").asInt()
                        + report.path("kept").asInt()
                        + report.path("refused").asInt())
                .isEqualTo(2);
        assertThat(report.path("created").asInt()).isEqualTo(1);
    }

    @Test
    void aDumpOfKamailiosSubscribersIsTaken() throws Exception {
        String dump =
                "INSERT INTO `subscriber` (`id`, `username`, `domain`, `password`, `ha1`) VALUES (1,'dave','sipring.test','','"
                        + HASH + "'),(2,'eve','sipring.test','secret','');\n";
        assertThat(counts(take("", "application/sql", dump))).isEqualTo("created 2");
        assertThat(platform.accounts.find("eve@sipring.test").orElseThrow().ha1())
                .hasSize(2);
    }

    // The columns of version 8 of OpenSIPS' table, as mysqldump has them.
    @Test
    void aDumpOfOpenSipsSubscribersIsTaken() throws Exception {
        String dump =
                """
                -- MySQL dump
                DROP TABLE IF EXISTS `subscriber`;
                CREATE TABLE `subscriber` (
                  `id` int unsigned NOT NULL AUTO_INCREMENT,
                  `username` char(64) NOT NULL DEFAULT '',
                  `domain` char(64) NOT NULL DEFAULT '',
                  `password` char(25) NOT NULL DEFAULT '',
                  `ha1` char(64) NOT NULL DEFAULT '',
                  `ha1_sha256` char(64) NOT NULL DEFAULT '',
                  `ha1_sha512t256` char(64) NOT NULL DEFAULT '',
                  PRIMARY KEY (`id`),
                  UNIQUE KEY `account_idx` (`username`,`domain`)
                ) ENGINE=InnoDB;
                INSERT INTO `subscriber` VALUES (1,'dave','sipring.test','','%s','%s%s',''),(2,'eve','sipring.test','it\\'s','','','');
                """
                        .formatted(HASH, HASH, HASH);
        assertThat(counts(take("", "application/sql", dump))).isEqualTo("created 2");
        assertThat(platform.accounts.find("dave@sipring.test").orElseThrow().ha1())
                .containsOnlyKeys(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256);
    }

    @Test
    void whatIsExportedIsTakenElsewhere() throws Exception {
        String csv = operator.get(EXPORT + "?secrets=true").body();
        String lines = operator.get(EXPORT + "?secrets=true", "Accept", "application/jsonl")
                .body();
        Account bob = platform.accounts.find("bob@sipring.test").orElseThrow();
        for (String user : new String[] {"alice", "bob", "carol"}) {
            operator.send("DELETE", "/v1/domains/sipring.test/accounts/" + user, "");
        }
        assertThat(counts(take("", "text/csv", csv))).isEqualTo("created 3");
        assertThat(platform.accounts.find("bob@sipring.test")).contains(bob);
        assertThat(counts(take("?existing=update", "application/jsonl", lines))).isEqualTo("unchanged 3");
        assertThat(operator.get(EXPORT).body())
                .contains("Robert Secretive")
                .doesNotContain(bob.ha1().values());
        assertThat(operator.get("/v1/audit").body()).contains("accounts.export");
    }

    @Test
    void anExportComesInParts() throws Exception {
        HttpResponse<String> first = operator.get(EXPORT + "?limit=2", "Accept", "application/jsonl");
        assertThat(first.body().lines()).hasSize(2);
        String link = first.headers().firstValue("Link").orElseThrow();
        HttpResponse<String> second = operator.get(link.substring(1, link.indexOf('>')), "Accept", "application/jsonl");
        assertThat(second.body().lines()).hasSize(1);
        assertThat(second.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsRefused() throws Exception {
        assertThat(operator.send("POST", IMPORT, "x", "Content-Type", "text/csv")
                        .statusCode())
                .isEqualTo(400);
        assertThat(operator.send("POST", IMPORT, "x", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<String> unknown =
                operator.send("POST", IMPORT + "?existing=burn", "username\n", "Content-Type", "text/csv");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(unknown.body()).findValuesAsText("parameter"))
                .containsExactly("existing");
        assertThat(operator.get(EXPORT, "Accept", "image/png").statusCode()).isEqualTo(406);
    }

    @Test
    void onlyOperatorsMaySendMuch() throws Exception {
        String much = "username,password\n" + "#".repeat(100_000) + ",x\n";
        assertThat(operator.send("POST", IMPORT, much, "Content-Type", "text/csv")
                        .statusCode())
                .isEqualTo(200);
        assertThat(platform.stranger()
                        .send("POST", IMPORT, much, "Content-Type", "text/csv")
                        .statusCode())
                .isEqualTo(401);
        String tooMuch = "x".repeat((1 << 21) + 1);
        assertThat(operator.send("POST", IMPORT, tooMuch, "Content-Type", "text/csv", "Expect-Nothing", "1")
                        .statusCode())
                .isEqualTo(413);
    }
}
