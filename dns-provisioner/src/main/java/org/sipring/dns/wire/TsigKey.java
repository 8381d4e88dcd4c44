package org.sipring.dns.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.sipring.api.Chance;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;

/**
 * A secret shared with the primary name server (RFC 8945), algorithm hmac-sha256. Kept in a file of BIND's form:
 *
 * <pre>key "sipring" { algorithm hmac-sha256; secret "..."; };</pre>
 */
public final class TsigKey {
    private static final String HOW = "write one with: sipring dns key FILE";

    /** RFC 2104 section 3 advises against keys shorter than the hash; half of it is what we insist on. */
    private static final int SHORTEST = 16;

    private static final int FRESH = 32;
    private static final int LARGEST_FILE = 16_384;
    /** A secret may hold two slashes: in quotes, or within a word, they begin no comment. */
    private static final Pattern COMMENT = Pattern.compile("(\"[^\"]*\")|/\\*(?s:.*?)\\*/|(?<![^\\s;{}])(#|//)[^\\n]*");

    private static final Pattern FORM =
            Pattern.compile("\\s*key\\s+(\"[^\"]+\"|[^\\s{}\";]+)\\s*\\{(?<body>[^{}]*)}\\s*;\\s*");
    private static final Pattern ALGORITHM = Pattern.compile("\\balgorithm\\s+\"?([A-Za-z0-9.-]+)\"?\\s*;");
    private static final Pattern SECRET = Pattern.compile("\\bsecret\\s+\"?([A-Za-z0-9+/=]+)\"?\\s*;");

    private final Name name;
    private final byte[] secret;

    private TsigKey(Name name, byte[] secret) {
        this.name = name;
        this.secret = secret;
    }

    /**
     * Makes a new key.
     *
     * @param name the key's name, a domain name; both sides must use the same
     * @param chance where its 256 bits come from
     * @return the key
     * @throws IllegalArgumentException when the name is no domain name
     */
    public static TsigKey generate(String name, Chance chance) {
        return new TsigKey(Records.name(name), chance.bytes(FRESH));
    }

    /**
     * Reads a key file.
     *
     * @param file in BIND's form; only its owner may have access
     * @return the key
     * @throws IOException when the file is missing, open to others or not a key; the message says what to do
     */
    public static TsigKey read(Path file) throws IOException {
        try {
            refuseIfOpen(file);
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException(file + " is too large for a TSIG key file; " + HOW);
            }
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException("TSIG key file " + file + " is missing; " + HOW, e);
        }
    }

    private static void refuseIfOpen(Path file) throws IOException {
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
        EnumSet<PosixFilePermission> ours = EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
        if (!ours.containsAll(granted)) {
            throw new IOException("TSIG key file " + file + " is open to other users ("
                    + PosixFilePermissions.toString(granted) + "); do: chmod 600 " + file);
        }
    }

    /**
     * Reads what {@link #text} wrote, or a file of BIND's form.
     *
     * @param source where it stands, for messages
     * @param content the text
     * @return the key
     * @throws IOException when it is not a key; the message says what to do
     */
    public static TsigKey parse(String source, String content) throws IOException {
        Matcher form = FORM.matcher(COMMENT.matcher(content).replaceAll(found -> found.group(1) == null ? " " : "$1"));
        if (!form.matches()) {
            throw new IOException(source + " is not one TSIG key of the form"
                    + " key \"NAME\" { algorithm hmac-sha256; secret \"BASE64\"; }; - " + HOW);
        }
        String algorithm =
                only(source, ALGORITHM, form.group("body"), "algorithm").toLowerCase(Locale.ROOT);
        if (!algorithm.equals("hmac-sha256") && !algorithm.equals("hmac-sha256.")) {
            throw new IOException(source + ": algorithm " + algorithm + " is not supported; " + HOW);
        }
        byte[] secret = secret(source, only(source, SECRET, form.group("body"), "secret"));
        try {
            return new TsigKey(Records.name(form.group(1).replace("\"", "")), secret);
        } catch (IllegalArgumentException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
    }

    private static String only(String source, Pattern pattern, String body, String word) throws IOException {
        Matcher matcher = pattern.matcher(body);
        if (!matcher.find()) {
            throw new IOException(source + ": the key has no " + word + "; " + HOW);
        }
        return matcher.group(1);
    }

    private static byte[] secret(String source, String base64) throws IOException {
        try {
            byte[] secret = Base64.getDecoder().decode(base64);
            if (secret.length < SHORTEST) {
                throw new IOException(
                        source + ": the secret has " + 8 * secret.length + " bits, fewer than 128; " + HOW);
            }
            return secret;
        } catch (IllegalArgumentException e) {
            // The cause would show a part of the secret.
            throw new IOException(source + ": the secret is not in base64; " + HOW);
        }
    }

    /**
     * Writes a new key file that only its owner can read.
     *
     * @param file must not exist
     * @throws IOException when it exists or cannot be written
     */
    public void write(Path file) throws IOException {
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-------");
        Set<StandardOpenOption> open = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, open, PosixFilePermissions.asFileAttribute(mode))) {
            channel.write(ByteBuffer.wrap(text().getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /**
     * All of it, with the secret.
     *
     * @return a text of BIND's form, which {@link #parse} reads
     */
    public String text() {
        return "key \"%s\" {\n\talgorithm hmac-sha256;\n\tsecret \"%s\";\n};\n"
                .formatted(name(), Base64.getEncoder().encodeToString(secret));
    }

    /**
     * The key's name.
     *
     * @return a domain name without the last dot
     */
    public String name() {
        return name.toString(true);
    }

    /** The secret is not shown. */
    @Override
    public String toString() {
        return "TSIG key " + name();
    }

    Name owner() {
        return name;
    }

    SecretKey secret() {
        return new SecretKeySpec(secret, "HmacSHA256");
    }

    /** Signs and verifies; safe for use by several threads, since each operation takes a fresh Mac. */
    TSIG signer(Clock clock) {
        return new TSIG(TSIG.HMAC_SHA256, name, secret(), clock);
    }
}
