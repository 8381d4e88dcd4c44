package org.sipring.sip.locate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A DNS of a few lines, such as {@code example.com NAPTR 10 50 s SIP+D2U _sip._udp.example.com}. */
final class Zone implements Resolver {
    private static final Duration TTL = Duration.ofSeconds(30);

    /** What was asked, in order. */
    final List<String> asked = new ArrayList<>();

    private final List<String[]> lines;

    Zone(String... lines) {
        this.lines = Arrays.stream(lines).map(line -> line.split(" ")).toList();
    }

    @Override
    public CompletionStage<Answer> ask(Question question) {
        asked.add(question.kind() + " " + question.name());
        List<String[]> found = lines.stream()
                .filter(line -> line[0].equals(question.name()))
                .filter(line -> line[1].equals(question.kind().name()) || line[1].equals("FAILS"))
                .toList();
        return found.stream().anyMatch(line -> line[1].equals("FAILS"))
                ? CompletableFuture.failedFuture(new IOException("no answer"))
                : CompletableFuture.completedFuture(
                        new Answer(found.stream().map(Zone::entry).toList(), TTL));
    }

    private static Answer.Entry entry(String[] words) {
        return switch (words[1]) {
            case "NAPTR" -> new Answer.Naptr(number(words[2]), number(words[3]), words[4], words[5], words[6]);
            case "SRV" ->
                new Answer.Srv(
                        number(words[2]), number(words[3]), number(words[4]), words[5].equals(".") ? "" : words[5]);
            default -> new Answer.Address(address(words[2]));
        };
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
