package org.sipring.sip.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The SIP domains that a certificate names: RFC 5922 section 7.1. Pure. */
final class SipIdentities {
    private static final int DNS_NAME = 2;
    private static final int URI_NAME = 6;
    private static final int IP_ADDRESS = 7;
    // A URI with a user names a user, not a domain.
    private static final Pattern DOMAIN = Pattern.compile("sip:([^@:;?/]+)(:\\d+)?([;?].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+");
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";

    private SipIdentities() {}

    /**
     * The domains, in lower case: those of SIP URIs; DNS names only where there is no such URI; the common name, the
     * most specific one, only where there is no subjectAltName. Section 7.2: {@code *} stands for nothing but itself, and so is never equal to a domain.
     */
    static Set<String> of(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            // Java gives null also for one that it cannot read.
            return certificate.getExtensionValue(SUBJECT_ALT_NAME) == null ? commonName(certificate) : Set.of();
        }
        Set<String> uris = texts(names, URI_NAME)
                .map(DOMAIN::matcher)
                .filter(Matcher::matches)
                .map(found -> lower(found.group(1)))
                .collect(Collectors.toUnmodifiableSet());
        return uris.isEmpty()
                ? texts(names, DNS_NAME).map(SipIdentities::lower).collect(Collectors.toUnmodifiableSet())
                : uris;
    }

    /** The addresses that it names, as numbers: what a URI that names no domain can be compared with. */
    static Set<String> addresses(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return texts(Optional.ofNullable(names).orElse(List.of()), IP_ADDRESS).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> texts(Collection<List<?>> names, int type) {
        return names.stream()
                .filter(general -> general.get(0).equals(type))
                .map(general -> general.get(1))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    // Taken apart as a name and not searched as a text, in which a comma of a value reads as the end of one.
    private static Set<String> commonName(X509Certificate certificate) {
        try {
            List<Rdn> parts = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
            for (int i = parts.size() - 1; i >= 0; i--) {
                Attribute name = parts.get(i).toAttributes().get("CN");
                if (name != null) {
                    String text = name.size() == 1 ? String.valueOf(name.get()) : "";
                    return HOST.matcher(text).matches() ? Set.of(lower(text)) : Set.of();
                }
            }
        } catch (NamingException malformed) {
            return Set.of();
        }
        return Set.of();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
