package org.sipring.runtime.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sipring.api.Identity;
import org.sipring.api.RoleName;

/**
 * What the node is.
 *
 * @param roles the roles that it takes: all that its certificate permits, or those of them that are configured
 * @param weight its capacity; 100 is ordinary
 * @param address where it listens: an IP address, or the certificate's host name
 * @param dataDir what must survive a restart
 * @param accountsFile accounts for the registrar
 */
public record NodeSettings(Set<RoleName> roles, int weight, String address, Path dataDir, Optional<Path> accountsFile) {
    private static final Pattern IP =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}|(?=.*:.*:)[0-9a-fA-F:.]{2,45}");

    // 0.0.0.0 and :: in all their spellings: a socket may listen there, but nobody finds a node by it.
    private static final Pattern EVERYWHERE = Pattern.compile("[0.:]+");

    /** Copies the roles. */
    public NodeSettings {
        roles = Set.copyOf(roles);
    }

    static NodeSettings read(Section section, Settings.Source source) {
        return new NodeSettings(
                roles(section, source.self()),
                section.number("weight", 1, 10_000),
                address(section).orElse(source.self().host()),
                section.path("data-dir").orElse(source.identity().resolve("data")),
                section.file("accounts-file"));
    }

    /** Notes what is wrong with the accounts: which domains may have some, other settings say. */
    void checkAccounts(Section section, Settings.Source source, Set<String> domains) {
        accountsFile.filter(Files::isReadable).ifPresent(path -> source.accounts()
                .apply(path, domains)
                .forEach(mistake -> section.wrong("accounts-file", path + ": " + mistake)));
    }

    private static Set<RoleName> roles(Section section, Identity.Holder self) {
        List<RoleName> asked = section.choices(
                "roles", RoleName.KNOWN.stream().collect(Collectors.toMap(RoleName::value, role -> role)));
        asked.stream()
                .filter(role -> !self.may(role))
                .forEach(role -> section.wrong(
                        "roles",
                        "the certificate of " + self.node() + " does not permit '" + role
                                + "': take it out, or issue a certificate that does"));
        return asked.isEmpty() ? self.permitted() : Set.copyOf(asked);
    }

    private static Optional<String> address(Section section) {
        Optional<String> address = section.text("address");
        address.filter(text ->
                        !IP.matcher(text).matches() || EVERYWHERE.matcher(text).matches())
                .ifPresent(text -> section.wrong(
                        "address",
                        "'" + text + "' is not the IP address of a host: write one of this host's, such as 192.0.2.11,"
                                + " without a network's length; or leave the key out"));
        return address;
    }
}
