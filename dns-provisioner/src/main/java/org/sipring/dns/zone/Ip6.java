package org.sipring.dns.zone;

import java.util.StringJoiner;

/** The recommended text of an IPv6 address (RFC 5952 section 4). */
final class Ip6 {
    private static final int GROUPS = 8;

    private Ip6() {}

    static String text(byte[] address) {
        int[] groups = new int[GROUPS];
        for (int at = 0; at < GROUPS; at++) {
            groups[at] = ((address[2 * at] & 0xFF) << 8) | (address[2 * at + 1] & 0xFF);
        }
        int start = 0;
        int longest = 0;
        for (int at = 0; at < GROUPS; at++) {
            int zeros = zeros(groups, at);
            // Section 4.2.3: the longest run, of equal ones the first.
            if (zeros > longest) {
                start = at;
                longest = zeros;
            }
        }
        // Section 4.2.2: one group of zeros is not shortened.
        return longest < 2
                ? hex(groups, 0, GROUPS)
                : hex(groups, 0, start) + "::" + hex(groups, start + longest, GROUPS);
    }

    private static int zeros(int[] groups, int from) {
        int at = from;
        while (at < GROUPS && groups[at] == 0) {
            at++;
        }
        return at - from;
    }

    private static String hex(int[] groups, int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int at = from; at < to; at++) {
            text.add(Integer.toHexString(groups[at]));
        }
        return text.toString();
    }
}
