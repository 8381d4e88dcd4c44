package org.sipring.accounts.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form of a domain's name: a host name (RFC 1123 section 2.1) in lower case, internationalized ones with A-labels (RFC
 * 5890), since that is what SIP URIs and DNS have. One name has one form, for realms and addresses are compared as texts.
 */
public final class DomainName {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    // The last label has a letter: a name of numbers is an address.
    private static final Pattern NAME = Pattern.compile("(" + LABEL + "\\.)*(?=[a-z0-9-]*[a-z])" + LABEL);
    private static final int LONGEST = 253;

    private DomainName() {}

    /**
     * Tells whether a text is a domain's name.
     *
     * @param text any
     * @return true for a name in its one form
     */
    public static boolean is(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }

    /**
     * Tells what keeps a domain from being served beside the platform's own.
     *
     * @param name the domain
     * @param own the platform's own domain
     * @return the rest of a sentence that begins with the name; empty where nothing does
     */
    public static Optional<String> mistake(String name, String own) {
        if (!is(name)) {
            return Optional.of("must be a host name in lower case without a last dot, such as example.com, and with"
                    + " letters beyond a to z as A-labels, such as xn--bcher-kva.example");
        }
        return leadsToNodes(name, own)
                ? Optional.of("is a name of the platform's nodes, which no domain can have")
                : Optional.empty();
    }

    // Routes of calls name nodes and the proxies by these.
    private static boolean leadsToNodes(String name, String own) {
        return name.equals("proxy." + own) || ('.' + name).endsWith(".edge." + own);
    }
}
