package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;

/** Settings as a test writes them. */
final class Written {
    static final Identity.Holder SELF = new Identity.Holder(
            new NodeId("n1"), "sipring.test", Set.of(RoleName.PROXY, RoleName.OPERATOR), "127.0.0.11");

    private final Path folder;

    Written(Path folder) {
        this.folder = folder;
    }

    Path file(String name, String... lines) throws Exception {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    Settings.Source source(String... lines) throws Exception {
        return new Settings.Source(
                Optional.of(file("node.conf", lines)),
                SELF,
                folder.resolve("identity"),
                Written::mistakenLines,
                new MistakenFolder());
    }

    Settings read(String... lines) throws Exception {
        return Settings.read(source(lines));
    }

    List<String> mistakes(String... lines) throws Exception {
        Settings.Source source = source(lines);
        return catchThrowableOfType(BadSettings.class, () -> Settings.read(source))
                .mistakes();
    }

    /** The mistakes with the file's folder cut out. */
    List<String> shortMistakes(String... lines) throws Exception {
        return mistakes(lines).stream()
                .map(text -> text.replace(folder + "/", ""))
                .toList();
    }

    /** An accounts file as these tests have it: a line is right or it is {@code wrong}. */
    static List<String> mistakenLines(Path accounts, Set<String> domains) {
        return mistakenLines(accounts);
    }

    private static List<String> mistakenLines(Path accounts) {
        try {
            return Files.readAllLines(accounts).stream().filter("wrong"::equals).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder of certificates as these tests have it: it is right unless it holds a file {@code wrong}. */
    static final class MistakenFolder implements Settings.Certificates {
        @Override
        public List<String> mistakes(Path certificates, Optional<Path> clientCa) {
            return Files.exists(certificates.resolve("wrong")) ? List.of("wrong is no certificate") : List.of();
        }

        @Override
        public List<String> mistakes(Path cas) {
            return mistakenLines(cas).stream()
                    .map(line -> cas + " is not usable: " + line)
                    .toList();
        }

        @Override
        public boolean cover(Path certificates, String domain) {
            return Files.exists(certificates.resolve(domain));
        }
    }

    static Settings defaults() throws Exception {
        return Settings.read(new Settings.Source(
                Optional.empty(), SELF, Path.of("/etc/sipring"), Written::mistakenLines, new MistakenFolder()));
    }
}
