package org.sipring.sip;

import java.util.regex.Pattern;

/** IPv6 addresses in text form. RFC 4291 section 2.2, RFC 5954 section 4.1. */
final class Ipv6 {
    private static final int GROUPS = 8;
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private Ipv6() {}

    /** Whether a text, without brackets, is an address. */
    static boolean sound(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        int before = groups(text.substring(0, gap), false);
        int behind = groups(text.substring(gap + 2), true);
        return before >= 0 && behind >= 0 && before + behind < GROUPS;
    }

    /** How many groups of 16 bits there are; the last two may be written as an IPv4 address. -1: something else. */
    private static int groups(String text, boolean last) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int end = parts.length - 1;
        for (int i = 0; i < end; i++) {
            if (!GROUP.matcher(parts[i]).matches()) {
                return -1;
            }
        }
        if (last && IPV4.matcher(parts[end]).matches()) {
            return parts.length + 1;
        }
        return GROUP.matcher(parts[end]).matches() ? parts.length : -1;
    }

    /**
     * Takes out the colon too many that the grammar of RFC 3261 wrote before an IPv4 address. RFC 5118 section 4.10 asks
     * to bear it.
     */
    static String mended(String host) {
        int extra = host.indexOf(":::");
        boolean beforeIpv4 = extra >= 0 && host.indexOf(':', extra + 3) < 0 && host.indexOf('.', extra) >= 0;
        return beforeIpv4 ? host.substring(0, extra) + host.substring(extra + 1) : host;
    }
}
