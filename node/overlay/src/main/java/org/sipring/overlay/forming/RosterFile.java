package org.sipring.overlay.forming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.api.DurableFile;
import org.sipring.api.NodeId;

/**
 * The roster on disk: a few lines of text, replaced as a whole. Its absence is what makes a node a newcomer.
 *
 * <pre>
 * sipring-roster 1
 * platform 7d1c9a0e5b2f4c68
 * generation 12
 * member n1 127.0.0.11 7600
 * former n2 127.0.0.12 7600
 * </pre>
 */
public final class RosterFile {
    private static final String HEADER = "sipring-roster 1";
    private static final String MEMBER = "member";
    private static final String FORMER = "former";

    private final Path file;

    /**
     * The file in a node's data directory.
     *
     * @param directory created when missing
     */
    public RosterFile(Path directory) {
        this.file = directory.resolve("roster");
    }

    /**
     * Reads the roster.
     *
     * @return empty when this node has never been on a platform
     * @throws IOException when the file cannot be read or has been damaged; the message names it
     */
    public Optional<Roster> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        try {
            return Optional.of(parse(lines));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(
                    file + " is damaged: restore it from a copy, or remove it to join the platform as a new node", e);
        }
    }

    /**
     * Replaces the roster, durably.
     *
     * @param roster what to remember
     * @throws IOException when it cannot be written; the old one is still there
     */
    public void write(Roster roster) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        DurableFile.replace(file, format(roster).getBytes(StandardCharsets.UTF_8));
    }

    private static String format(Roster roster) {
        StringBuilder text = new StringBuilder(HEADER + "\n");
        text.append("platform ").append(roster.platform()).append('\n');
        text.append("generation ").append(roster.generation()).append('\n');
        roster.seats().forEach(seat -> text.append(line(MEMBER, seat)));
        roster.former().forEach(seat -> text.append(line(FORMER, seat)));
        return text.toString();
    }

    private static String line(String key, Roster.Seat seat) {
        return key + " " + seat.node() + " " + seat.host() + " " + seat.port() + "\n";
    }

    private static Roster parse(List<String> lines) {
        if (!lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException(lines.get(0));
        }
        List<Roster.Seat> members = new ArrayList<>();
        List<Roster.Seat> former = new ArrayList<>();
        for (String line : lines.subList(3, lines.size())) {
            if (line.startsWith(FORMER)) {
                former.add(seat(line, FORMER));
            } else {
                members.add(seat(line, MEMBER));
            }
        }
        return new Roster(
                words(lines.get(1), "platform", 2)[1],
                Long.parseLong(words(lines.get(2), "generation", 2)[1]),
                members,
                former);
    }

    private static Roster.Seat seat(String line, String key) {
        String[] words = words(line, key, 4);
        return new Roster.Seat(new NodeId(words[1]), words[2], Integer.parseInt(words[3]));
    }

    private static String[] words(String line, String key, int count) {
        String[] words = line.split(" ", -1);
        if (words.length != count || !words[0].equals(key)) {
            throw new IllegalArgumentException(line);
        }
        return words;
    }
}
