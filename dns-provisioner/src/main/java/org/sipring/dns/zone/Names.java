package org.sipring.dns.zone;

/** Domain names in presentation form: absolute and in lower case. */
final class Names {
    private Names() {}

    /**
     * Tells whether a name is the zone's apex or below it, label by label.
     *
     * @param name an absolute name
     * @param origin the zone's apex
     * @return true when the name is in the zone
     */
    static boolean within(String name, String origin) {
        String at = name;
        while (at.length() > origin.length()) {
            at = parent(at);
        }
        return at.equals(origin);
    }

    /**
     * The name without its first label. A dot behind a backslash belongs to its label (RFC 1035 section 5.1).
     *
     * @param name an absolute name
     * @return its parent; the root's is the root
     */
    static String parent(String name) {
        int at = 0;
        while (name.charAt(at) != '.') {
            at += name.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1 < name.length() ? name.substring(at + 1) : ".";
    }
}
