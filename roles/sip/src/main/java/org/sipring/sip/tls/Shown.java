package org.sipring.sip.tls;

import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A certificate that phones may be shown.
 *
 * @param name of its files, without ending
 * @param key its private key
 * @param chain itself first, then who signed it
 * @param names in lower case: the host names and SIP domains of its subjectAltName, RFC 5922 section 7.1
 */
record Shown(String name, PrivateKey key, List<X509Certificate> chain, Set<String> names) {
    private static final int DNS_NAME = 2;
    private static final int URI_NAME = 6;
    private static final String SIP = "sip:";

    Shown {
        chain = List.copyOf(chain);
        names = Set.copyOf(names);
    }

    static Shown of(String name, PrivateKey key, List<X509Certificate> chain) throws CertificateParsingException {
        return new Shown(name, key, chain, names(chain.get(0)));
    }

    private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        return (all == null ? List.<List<?>>of() : all)
                .stream()
                        .map(general -> text((Integer) general.get(0), general.get(1)))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.toSet());
    }

    private static String text(int type, Object value) {
        String text = value instanceof String string ? string.toLowerCase(Locale.ROOT) : "";
        if (type == URI_NAME) {
            // RFC 5922 section 7.1: a URI with a user names a user, not a domain.
            return text.startsWith(SIP) && text.indexOf('@') < 0 ? text.substring(SIP.length()) : "";
        }
        return type == DNS_NAME ? text : "";
    }

    /** Whether it was made for a host or a SIP domain: by its name, or by {@code *} in place of the first label. */
    boolean covers(String host) {
        String asked = host.toLowerCase(Locale.ROOT);
        int dot = asked.indexOf('.');
        return names.contains(asked) || (dot > 0 && names.contains('*' + asked.substring(dot)));
    }

    /** Such as {@code EC}. */
    String algorithm() {
        return key.getAlgorithm();
    }
}
