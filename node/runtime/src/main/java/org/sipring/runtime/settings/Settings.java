package org.sipring.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;

/**
 * A node's whole configuration. Immutable.
 *
 * @param node what the node is
 * @param sip how it speaks SIP
 * @param dns how it uses DNS
 * @param overlay how it meets the others
 * @param store how it keeps documents
 * @param http where it shows itself
 * @param provisioning where it takes changes of accounts
 * @param warnings what works today and should be changed, such as keys with a new name; for the log
 */
public record Settings(
        NodeSettings node,
        SipSettings sip,
        DnsSettings dns,
        OverlaySettings overlay,
        StoreSettings store,
        HttpSettings http,
        ProvisioningSettings provisioning,
        List<String> warnings) {
    /** Former names of keys, to today's. An entry stays for two releases at least. */
    private static final Map<String, String> RENAMED = Map.of();

    /** Copies the warnings. */
    public Settings {
        warnings = List.copyOf(warnings);
    }

    /**
     * Where settings come from.
     *
     * @param file the operator's file, if there is one
     * @param self what the certificate says: the defaults, and the limit of the roles
     * @param identity the identity folder
     * @param accounts finds what is wrong with an accounts file for some domains, a sentence each
     * @param certificates judges certificates for phones
     */
    public record Source(
            Optional<Path> file,
            Identity.Holder self,
            Path identity,
            BiFunction<Path, Set<String>, List<String>> accounts,
            Certificates certificates) {}

    /** Judges certificates for phones, and those of CAs. */
    public interface Certificates {
        /**
         * Finds what is wrong with them.
         *
         * @param folder holds them and their keys
         * @param clientCa the CAs of phones' own certificates, where phones are asked for one
         * @return a sentence each
         */
        List<String> mistakes(Path folder, Optional<Path> clientCa);

        /**
         * Finds what is wrong with a file of CAs.
         *
         * @param cas certificates in PEM
         * @return a sentence each
         */
        List<String> mistakes(Path cas);

        /**
         * Tells whether one of them names a domain.
         *
         * @param folder holds them
         * @param domain a SIP domain
         * @return true when one does
         */
        boolean cover(Path folder, String domain);
    }

    /**
     * Reads the configuration.
     *
     * @param source where from
     * @return the settings
     * @throws BadSettings with everything that is wrong
     */
    public static Settings read(Source source) throws BadSettings {
        return read(source, RENAMED);
    }

    static Settings read(Source source, Map<String, String> renamed) throws BadSettings {
        Problems problems = new Problems();
        Config reference = reference();
        KnownKeys known = new KnownKeys(reference, renamed);
        Config written = known.translate(written(source, problems), problems);
        Config all = known.check(written, problems).withFallback(reference);
        Settings settings = new Settings(
                NodeSettings.read(new Section("node", all, reference, problems), source),
                SipSettings.read(new Section("sip", all, reference, problems), source),
                DnsSettings.read(new Section("dns", all, reference, problems)),
                OverlaySettings.read(new Section("overlay", all, reference, problems)),
                StoreSettings.read(new Section("store", all, reference, problems)),
                HttpSettings.read(new Section("http", all, reference, problems)),
                ProvisioningSettings.read(new Section("provisioning", all, reference, problems)),
                problems.warnings());
        settings.node.checkAccounts(
                new Section("node", all, reference, problems),
                source,
                settings.domains(source.self().domain()));
        settings.dns.checkKey(new Section("dns", all, reference, problems), settings.store.durable());
        SipsPreference.check(settings, source, new Section("dns", all, reference, problems));
        DistinctPorts.check(settings, name -> new Section(name, all, reference, problems));
        problems.throwIfAny();
        return settings;
    }

    /**
     * The domains that have their users here.
     *
     * @param own the platform's own
     * @return it, and those that are hosted
     */
    public Set<String> domains(String own) {
        return Stream.concat(Stream.of(own), sip.hosted().stream().map(HostedSettings::name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The defaults, which name every key. */
    static Config reference() {
        return ConfigFactory.parseResources(
                Settings.class, "reference.conf", ConfigParseOptions.defaults().setAllowMissing(false));
    }

    private static Config written(Source source, Problems problems) {
        return source.file().map(path -> parse(path, problems)).orElse(ConfigFactory.empty());
    }

    private static Config parse(Path file, Problems problems) {
        if (!Files.isReadable(file)) {
            problems.add("the configuration file " + file + " cannot be read: check its name and permissions");
            return ConfigFactory.empty();
        }
        try {
            return ConfigFactory.parseFile(file.toFile(), ConfigParseOptions.defaults())
                    .resolve();
        } catch (ConfigException malformed) {
            problems.add(place(file, malformed.origin()) + " is malformed: " + reason(malformed)
                    + ". Write KEY = VALUE, and text with special characters in double quotes");
            return ConfigFactory.empty();
        }
    }

    // The library puts the file and the line before its reason; ours has told both already.
    private static String reason(ConfigException malformed) {
        String text = String.valueOf(malformed.getMessage());
        ConfigOrigin origin = malformed.origin();
        String prefix = origin == null ? "" : origin.description() + ": ";
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String place(Path file, @Nullable ConfigOrigin origin) {
        return origin == null || origin.lineNumber() < 0 ? file.toString() : file + ":" + origin.lineNumber();
    }
}
