package org.sipring.certs;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;

/** The names in a certificate's subjectAltName (RFC 5280 section 4.2.1.6): all that the platform reads from it. */
final class Sans {
    static final String NODE = "sipring:node:";
    static final String ROLE = "sipring:role:";
    static final String DOMAIN = "sip:"; // RFC 5922 section 7.1
    static final String ALL_ROLES = "*";

    /** The types of GeneralName. */
    static final int DNS_NAME = 2;

    static final int URI_NAME = 6;
    static final int IP_ADDRESS = 7;

    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.{1,253}$)" + NodeId.LABEL + "(\\." + NodeId.LABEL + ")*");
    private static final Pattern ROLE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Collection<List<?>> names;

    private Sans(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> found = certificate.getSubjectAlternativeNames();
        names = found == null ? List.of() : found;
    }

    static boolean isHostName(String text) {
        return HOST_NAME.matcher(text).matches();
    }

    /** Reads what a node certificate says of its holder. */
    static Identity.Holder holder(X509Certificate certificate) throws CertificateException {
        Sans sans = new Sans(certificate);
        return new Identity.Holder(sans.node(), sans.domain(), sans.roles(), sans.host());
    }

    /** Reads the domain of a node or CA certificate. */
    static String domain(X509Certificate certificate) throws CertificateException {
        return new Sans(certificate).domain();
    }

    /** The role names as written, the wildcard not expanded. */
    static List<String> roleNames(X509Certificate certificate) throws CertificateException {
        return new Sans(certificate).uris(ROLE).toList();
    }

    /** All addresses and host names as written. */
    static List<String> hosts(X509Certificate certificate) throws CertificateException {
        Sans sans = new Sans(certificate);
        return Stream.concat(sans.of(IP_ADDRESS), sans.of(DNS_NAME)).toList();
    }

    private NodeId node() throws CertificateException {
        return NodeId.parse(only(NODE, "node name"))
                .orElseThrow(() -> new CertificateException("the node name in it is malformed"));
    }

    private String domain() throws CertificateException {
        String domain = only(DOMAIN, "SIP domain").toLowerCase(Locale.ROOT);
        if (!isHostName(domain)) {
            throw new CertificateException("the SIP domain in it is malformed");
        }
        return domain;
    }

    private String only(String prefix, String meaning) throws CertificateException {
        List<String> found = uris(prefix).toList();
        if (found.size() != 1) {
            throw new CertificateException(
                    "it names " + found.size() + " of what must be one " + meaning + " (URI:" + prefix + "...)");
        }
        return found.get(0);
    }

    private Set<RoleName> roles() throws CertificateException {
        List<String> written = uris(ROLE).toList();
        if (!written.stream().allMatch(Sans::plausibleRole)) {
            throw new CertificateException("a role name in it is malformed");
        }
        return written.stream().flatMap(Sans::expand).collect(Collectors.toSet());
    }

    private static boolean plausibleRole(String name) {
        return name.equals(ALL_ROLES) || ROLE_NAME.matcher(name).matches();
    }

    // A role that this release does not know is kept: the CA may be newer than the node.
    private static Stream<RoleName> expand(String name) {
        return name.equals(ALL_ROLES)
                ? RoleName.KNOWN.stream().filter(RoleName::coveredByWildcard)
                : Stream.of(new RoleName(name));
    }

    // The issuer writes where the node listens before what phones call it.
    private String host() throws CertificateException {
        return Stream.concat(of(IP_ADDRESS), of(DNS_NAME))
                .findFirst()
                .orElseThrow(() -> new CertificateException("it names neither an address nor a host"));
    }

    private Stream<String> uris(String prefix) {
        return of(URI_NAME).filter(uri -> uri.startsWith(prefix)).map(uri -> uri.substring(prefix.length()));
    }

    private Stream<String> of(int type) {
        return names.stream()
                .filter(name -> name.get(0).equals(type))
                .map(name -> name.get(1))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }
}
