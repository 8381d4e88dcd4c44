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

/** The SIP domains that a certificate names: RFC 5922 section 7.1. Pure. */
final class SipIdentities {
    private static final int DNS_NAME = 2;
    private static final int URI_NAME = 6;
    private static final int IP_ADDRESS = 7;
    // A URI with a user names a user, not a domain.
    private static final Pattern DOMAIN = Pattern.compile("sip:([^@:;?/]+)(:\\d+)?([;?].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMON_NAME =
            Pattern.compile("(?:^|,)CN=([a-z0-9.-]+)(?:,|$)", Pattern.CASE_INSENSITIVE);

    private SipIdentities() {}

    /**
     * The domains, in lower case: those of SIP URIs; DNS names only where there is no such URI; the common name only where
     * nothing is in subjectAltName. Section 7.2: {@code *} stands for nothing but itself, and so is never equal to a domain.
     */
    static Set<String> of(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return commonName(certificate);
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

    private static Set<String> commonName(X509Certificate certificate) {
        Matcher name = COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        return name.find() ? Set.of(lower(name.group(1))) : Set.of();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
