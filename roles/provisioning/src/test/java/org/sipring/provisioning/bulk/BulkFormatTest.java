package org.sipring.provisioning.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipring.accounts.Account;
import org.sipring.accounts.CallForwarding;
import org.sipring.accounts.CallRules;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.provisioning.form.AccountForm;
import org.sipring.provisioning.form.AccountView;
import org.sipring.provisioning.form.Subject;
import org.sipring.sip.digest.DigestAlgorithm;

class BulkFormatTest {
    private static final List<DigestAlgorithm> ALL = List.of(DigestAlgorithm.values());
    private static final String MD5 = DigestAlgorithm.MD5.ha1("alice", "sipring.test", "se'cret");
    private static final String KAMAILIO =
            """
            -- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
            /*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
            DROP TABLE IF EXISTS `subscriber`;
            CREATE TABLE `subscriber` (
              `id` int unsigned NOT NULL AUTO_INCREMENT,
              `username` varchar(64) NOT NULL DEFAULT '',
              `domain` varchar(64) NOT NULL DEFAULT '',
              `password` varchar(64) NOT NULL DEFAULT '',
              `ha1` varchar(128) NOT NULL DEFAULT '',
              `ha1b` varchar(128) NOT NULL DEFAULT '',
              PRIMARY KEY (`id`),
              UNIQUE KEY `account_idx` (`username`,`domain`)
            ) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb3;
            LOCK TABLES `subscriber` WRITE;
            INSERT INTO `location` VALUES (1,'alice','it''s; not; ours');
            INSERT INTO `subscriber` VALUES (1,'alice','Sipring.test','','%s','%s'),
              (2,'bo\\'b;','','p)w,\\\\','',NULL);
            UNLOCK TABLES;
            """
                    .formatted(MD5, MD5);

    @Test
    void aDumpOfKamailiosTableIsRead() throws Exception {
        Rows rows = BulkFormat.SQL.read(KAMAILIO);
        assertThat(rows.ignored()).containsExactlyInAnyOrder("id", "ha1b");
        assertThat(rows.rows()).extracting(Row::user).containsExactly("alice", "bo'b;");
        assertThat(rows.rows()).extracting(Row::domain).containsExactly("sipring.test", "");
        assertThat(rows.rows().get(0).form().toString()).isEqualTo("{\"ha1\":{\"MD5\":\"" + MD5 + "\"}}");
        assertThat(rows.rows().get(1).form().path("password").asText()).isEqualTo("p)w,\\");
        assertThat(rows.rows().get(1).line()).isEqualTo(17);
    }

    @Test
    void aDumpOfOpenSipsTableWithItsNewerAlgorithmsIsRead() throws Exception {
        Rows rows = BulkFormat.SQL.read(
                "INSERT IGNORE INTO subscriber (`id`, `username`, `domain`, `password`, `cr_preferred_gw`,"
                        + " `ha1`, `ha1_sha256`, `ha1_sha512t256`) VALUES (1,'alice','sipring.test','',NULL,'" + MD5
                        + "','"
                        + MD5 + MD5 + "','');");
        assertThat(rows.ignored()).containsExactlyInAnyOrder("id", "cr_preferred_gw");
        assertThat(rows.rows().get(0).form().path("ha1").toString())
                .contains("\"MD5\":\"" + MD5 + '"', "\"SHA-256\":\"" + MD5 + MD5 + '"')
                .doesNotContain("SHA-512");
    }

    /** As {@code pg_dump --column-inserts --table=subscriber} of PostgreSQL 15 writes it. */
    @Test
    void aDumpOfPostgreSqlIsRead() throws Exception {
        Rows rows = BulkFormat.SQL.read(
                """
                --
                -- PostgreSQL database dump
                --
                SET statement_timeout = 0;
                SET standard_conforming_strings = on;
                SELECT pg_catalog.set_config('search_path', '', false);
                CREATE TABLE public.subscriber (
                    id integer NOT NULL,
                    username character varying(64) DEFAULT ''::character varying NOT NULL
                );
                INSERT INTO public.subscriber (id, username, domain, password, ha1, ha1b) VALUES (1, 'alice', 'sipring.test', '', '%s', '');
                INSERT INTO public.subscriber (id, username, domain, password, ha1, ha1b) VALUES (2, 'bob', 'sipring.test', 'it''s a \\n', '', '');
                SELECT pg_catalog.setval('public.subscriber_id_seq', 2, true);
                """
                        .formatted(MD5));
        assertThat(rows.rows()).extracting(Row::user).containsExactly("alice", "bob");
        assertThat(rows.rows().get(0).form().toString()).isEqualTo("{\"ha1\":{\"MD5\":\"" + MD5 + "\"}}");
        assertThat(rows.rows().get(1).form().path("password").asText()).isEqualTo("it's a \\n");
    }

    private static String passwordBehind(String setting) throws UnreadableException {
        return BulkFormat.SQL
                .read(setting + "; INSERT INTO subscriber (username, domain, password)"
                        + " VALUES ('alice', 'sipring.test', 'two\\\\');")
                .rows()
                .get(0)
                .form()
                .path("password")
                .asText();
    }

    @Test
    void backslashesStandForThemselvesWhereADumpTurnsThatOn() throws Exception {
        assertThat(passwordBehind("SET standard_conforming_strings = on")).isEqualTo("two\\\\");
        assertThat(passwordBehind("SET standard_conforming_strings TO 'ON'")).isEqualTo("two\\\\");
        assertThat(passwordBehind("SET standard_conforming_strings = off")).isEqualTo("two\\");
        assertThat(passwordBehind("SET escape_string_warning = on")).isEqualTo("two\\");
    }

    @Test
    void whoDumpsRowsOfCopyIsToldHowToDumpThem() {
        assertThatThrownBy(() -> BulkFormat.SQL.read(
                        "SET lock_timeout = 0;\nCOPY public.subscriber (id, username) FROM stdin;\n1\to'hara\n\\.\n"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("pg_dump --column-inserts");
    }

    @Test
    void valuesWithoutNamesOfColumnsAreNotGuessedAt() {
        assertThatThrownBy(() -> BulkFormat.SQL.read("\nINSERT INTO `subscriber` VALUES (1,'alice');"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("--complete-insert");
        assertThatThrownBy(() -> BulkFormat.SQL.read("INSERT INTO subscriber (username, domain) VALUES ('alice');"))
                .isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> BulkFormat.SQL.read("INSERT INTO subscriber (username) VALUES ('alice"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageNotContaining("alice");
    }

    @Test
    void aPasswordMakesAllHashesUnlessTheStoredOnesAreNotIts() throws Exception {
        String head = "username,domain,password,ha1\n";
        assertThat(BulkFormat.CSV
                        .read(head + "alice,sipring.test,se'cret," + MD5)
                        .rows()
                        .get(0)
                        .form()
                        .toString())
                .isEqualTo("{\"password\":\"se'cret\"}");
        assertThat(BulkFormat.CSV
                        .read(head + "alice,sipring.test,other," + MD5)
                        .rows()
                        .get(0)
                        .form()
                        .toString())
                .isEqualTo("{\"ha1\":{\"MD5\":\"" + MD5 + "\"}}");
    }

    @Test
    void quotedValuesMayHoldEverything() throws Exception {
        Rows rows = BulkFormat.CSV.read("\ufeffusername,name,enabled\r\n\"al\"\"ice\",\"A,\r\nB\",0\r\nbob,,\r\n\r\n");
        assertThat(rows.rows()).extracting(Row::user).containsExactly("al\"ice", "bob");
        assertThat(rows.rows().get(0).form().toString()).isEqualTo("{\"name\":\"A,\\r\\nB\",\"enabled\":false}");
        assertThat(rows.rows().get(1).form().isEmpty()).isTrue();
        assertThat(rows.rows().get(1).line()).isEqualTo(4);
    }

    @Test
    void whatIsNoTableIsRefusedWithItsLine() {
        for (String text : List.of("", "name,domain\n", "username\n\"alice\"x\n", "username\n\"alice\n")) {
            assertThatThrownBy(() -> BulkFormat.CSV.read(text)).isInstanceOf(UnreadableException.class);
        }
        assertThatThrownBy(() -> BulkFormat.CSV.read("username,name\nalice,A\nbob\n"))
                .hasMessage("line 3: 1 values where the first line names 2");
        assertThatThrownBy(() -> BulkFormat.JSON_LINES.read("{\"address\":\"a@b\"}\n\nnull\n"))
                .hasMessageContaining("line 3");
    }

    @Test
    void whatIsNoNumberOrFlagStaysForTheFormToRefuse() throws Exception {
        JsonNode form = BulkFormat.CSV
                .read("username,contacts,enabled\nalice,many,perhaps")
                .rows()
                .get(0)
                .form();
        assertThat(form.toString()).isEqualTo("{\"contacts\":\"many\",\"enabled\":\"perhaps\"}");
    }

    @ParameterizedTest
    @EnumSource(value = BulkFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "SQL")
    void whatIsWrittenIsReadAsTheSame(BulkFormat format) throws Exception {
        Account alice = Account.of("alice@sipring.test", "secret", ALL)
                .withAliases(List.of("a@sipring.test", "b@sipring.test"))
                .withName("Alice, \"A\"")
                .withContacts(OptionalInt.of(3))
                .withEnabled(false)
                .withRules(new CallRules(
                        new CallForwarding(
                                Optional.of("sip:bob@other.test"),
                                Optional.of("tel:+4930456"),
                                Optional.empty(),
                                Duration.ofSeconds(7),
                                Optional.empty()),
                        true,
                        List.of("eve@bad.test", "*@spam.test")));
        Account bob = Account.of("bob@sipring.test", "secret", ALL);
        String text = format.write(List.of(AccountView.withSecrets(alice), AccountView.withSecrets(bob)));
        Rows rows = format.read(text);
        assertThat(rows.ignored()).isEmpty();
        assertThat(rows.rows())
                .extracting(row -> AccountForm.read(
                                row.form(),
                                new Subject(
                                        new PinnedDomains(row.domain(), ALL, List.of()).own(),
                                        row.user(),
                                        Optional.empty()))
                        .account())
                .containsExactly(Optional.of(alice), Optional.of(bob));
    }
}
