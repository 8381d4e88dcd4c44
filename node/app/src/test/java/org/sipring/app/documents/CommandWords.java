package org.sipring.app.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.app.cli.SipringCommand;
import picocli.CommandLine;

/** Reads {@code sipring} command lines as documents write them: {@code a | b} for a choice, {@code ...} for the rest. */
final class CommandWords {
    private final List<String> unknown = new ArrayList<>();
    private CommandLine parent = new CommandLine(new SipringCommand());
    private CommandLine current = parent;

    private CommandWords() {}

    /**
     * Looks up every word that is a command or an option.
     *
     * @param line an example, which may be something else altogether
     * @return the words that the program does not know
     */
    static List<String> unknown(String line) {
        return arguments(line)
                .map(words -> {
                    CommandWords walk = new CommandWords();
                    walk.through(List.of(words.split("\\s+")));
                    return walk.unknown;
                })
                .orElse(new ArrayList<>());
    }

    private static Optional<String> arguments(String line) {
        String words = line.replaceFirst("^\\./", "");
        return words.startsWith("sipring ") ? Optional.of(words.substring("sipring ".length())) : Optional.empty();
    }

    private void through(List<String> words) {
        boolean choice = false;
        boolean value = false;
        for (String word : words) {
            if (word.equals("|")) {
                choice = true;
            } else if (choice) {
                current = parent;
                command(word);
                choice = false;
            } else if (word.startsWith("-")) {
                value = option(word);
            } else if (value) {
                value = false;
            } else if (!current.getSubcommands().isEmpty() && word.matches("[a-z][a-z-]*")) {
                command(word);
            }
        }
    }

    private void command(String word) {
        CommandLine next = current.getSubcommands().get(word);
        if (next == null) {
            unknown.add(word);
            return;
        }
        parent = current;
        current = next;
    }

    /** Tells whether a value follows. */
    private boolean option(String word) {
        CommandLine.Model.OptionSpec option = current.getCommandSpec().findOption(word);
        if (option == null) {
            unknown.add(word);
            return false;
        }
        return option.arity().max() > 0;
    }
}
