package org.sipring.dns.zone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One spelling for each record, so that records may be compared as text: names in lower case, numbers without leading
 * zeros, character-strings in quotes, IPv6 addresses by RFC 5952. Pure; applied twice it changes nothing more.
 */
public final class Canonical {
    private static final Set<String> NAMES = Set.of("NS", "PTR", "CNAME", "DNAME", "MX", "SRV", "SOA");
    private static final Set<String> STRINGS = Set.of("TXT", "SPF", "HINFO");

    private Canonical() {}

    /**
     * The canonical spelling of an RRset.
     *
     * @param set an RRset, its data in presentation form (RFC 1035 section 5.1) on one line
     * @return the same RRset; data of a type not known here is left as it is
     * @throws IllegalArgumentException when the data is not of the type's form; the message shows it
     */
    public static RrSet of(RrSet set) {
        List<String> data =
                set.data().stream().map(text -> of(set.key().type(), text)).toList();
        return RrSet.of(set.key().name(), set.key().type(), set.ttl(), data);
    }

    /**
     * The canonical spelling of one record's data.
     *
     * @param type the type's mnemonic, in upper case
     * @param data in presentation form
     * @return the same data
     * @throws IllegalArgumentException when the data is not of the type's form; the message shows it
     */
    public static String of(String type, String data) {
        List<Word> words = Word.split(data);
        if (STRINGS.contains(type)) {
            return join(words, Word::quoted);
        }
        if (NAMES.contains(type)) {
            return join(words, Canonical::plain);
        }
        return switch (type) {
            case "A", "AAAA" -> address(type, data.strip());
            case "NAPTR" -> naptr(words, data);
            default -> data;
        };
    }

    /** RFC 3403 section 4.1: order, preference, flags, services, regular expression, replacement. */
    private static String naptr(List<Word> words, String data) {
        if (words.size() != 6) {
            throw new IllegalArgumentException("NAPTR '" + data + "': six fields are needed");
        }
        return IntStream.range(0, 6)
                .mapToObj(at -> at >= 2 && at <= 4 ? words.get(at).quoted() : plain(words.get(at)))
                .collect(Collectors.joining(" "));
    }

    private static String join(List<Word> words, Function<Word, String> form) {
        return words.stream().map(form).collect(Collectors.joining(" "));
    }

    /** A name or a number. */
    private static String plain(Word word) {
        String text = word.text();
        boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.toString(Long.parseLong(text)) : text.toLowerCase(Locale.ROOT);
    }

    private static String address(String type, String text) {
        boolean six = type.equals("AAAA");
        // Only digits, dots and colons: a host name must never be looked up here.
        if (!text.matches(six ? "[0-9a-fA-F.]*:[0-9a-fA-F:.]*" : "\\d{1,3}(\\.\\d{1,3}){3}")) {
            throw new IllegalArgumentException(type + " '" + text + "' is not an address");
        }
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            // Java turns ::ffff:192.0.2.1 into the IPv4 address.
            return six && bytes.length == 16 ? Ip6.text(bytes) : (six ? "::ffff:" : "") + dotted(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(type + " '" + text + "' is not an address", e);
        }
    }

    private static String dotted(byte[] bytes) {
        return IntStream.range(0, bytes.length)
                .mapToObj(at -> Integer.toString(bytes[at] & 0xFF))
                .collect(Collectors.joining("."));
    }
}
