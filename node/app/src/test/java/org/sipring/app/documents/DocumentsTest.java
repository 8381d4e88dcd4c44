package org.sipring.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name is there: links, files, tests, commands and their options, settings, metrics. */
final class DocumentsTest {
    private static final Config SETTINGS = ConfigFactory.parseResources("org/sipring/runtime/settings/reference.conf");
    private static final Pattern SETTING =
            Pattern.compile("((?:node|sip|dns|overlay|http|provisioning)\\.[a-z-]+(?:\\.[a-z-]+)?)( =.*)?");
    // A word in capitals stands for the reader's own.
    private static final Pattern FILE =
            Pattern.compile("(node|roles|certs|dns-provisioner|docs|build)/(?![A-Z]+$)[\\w./-]+");
    private static final List<String> METRICS = List.of(
            "node/app/src/main/java/org/sipring/app/node/NodeMetrics.java",
            "roles/proxy/src/main/java/org/sipring/proxy/ShownCertificates.java",
            "node/app/src/main/java/org/sipring/app/node/RecordFile.java",
            "roles/proxy/src/main/java/org/sipring/proxy/defence/Defence.java",
            "roles/proxy/src/main/java/org/sipring/proxy/ProxyRole.java",
            "roles/proxy/src/main/java/org/sipring/proxy/load/LoadWatch.java",
            "roles/proxy/src/main/java/org/sipring/proxy/snapshot/Snapshots.java",
            "roles/proxy/src/main/java/org/sipring/proxy/core/NatPinging.java",
            "roles/sip/src/main/java/org/sipring/sip/transaction/SipStack.java",
            "roles/provisioning/src/main/java/org/sipring/provisioning/api/Counters.java");
    private static final Pattern METRIC = Pattern.compile("sipring_[a-z_]+");

    static List<Document> documents() throws IOException {
        return Document.all();
    }

    @Test
    void theDocumentsAreFound() throws IOException {
        assertThat(Document.all())
                .extracting(Document::toString)
                .contains("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/operations.md");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFile(Document document) {
        assertThat(document.links())
                .allSatisfy(link -> assertThat(document.resolve(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFileIsThere(Document document) {
        assertThat(document.spans().stream().filter(span -> FILE.matcher(span).matches()))
                .allSatisfy(file -> assertThat(Document.ROOT.resolve(file)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyTestIsThere(Document document) throws IOException {
        Set<String> tests = Document.files("Test.java").stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toSet());
        assertThat(document.spans().stream().filter(span -> span.matches("\\w+Test")))
                .allSatisfy(test -> assertThat(tests).contains(test + ".java"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandAndOptionIsOneThatTheProgramTakes(Document document) {
        assertThat(document.examples())
                .allSatisfy(
                        line -> assertThat(CommandWords.unknown(line)).as(line).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySettingIsInTheReference(Document document) {
        List<String> named = document.examples().stream()
                .map(SETTING::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .toList();
        assertThat(named)
                .allSatisfy(
                        key -> assertThat(SETTINGS.hasPathOrNull(key)).as(key).isTrue());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyMetricIsMeasured(Document document) throws IOException {
        StringBuilder program = new StringBuilder();
        for (String measuring : METRICS) {
            program.append(Files.readString(Document.ROOT.resolve(measuring)));
        }
        assertThat(METRIC.matcher(document.text()).results().map(MatchResult::group))
                .allSatisfy(metric -> assertThat(program).contains("\"" + metric + "\""));
    }
}
