package org.sipring.proxy.auth;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sipring.sip.HostPort;
import org.sipring.sip.digest.DigestAlgorithm;

/** What users must prove, in each domain. Immutable. */
public final class AuthSettings {
    private final Realm first;
    private final Map<String, Realm> realms;

    /**
     * One domain.
     *
     * @param realm the platform's SIP domain
     * @param algorithms the hashes that are offered
     */
    public AuthSettings(String realm, List<DigestAlgorithm> algorithms) {
        this(new Realm(realm, algorithms), List.of());
    }

    /**
     * Several domains.
     *
     * @param first the platform's own
     * @param hosted those of others that it serves
     */
    public AuthSettings(Realm first, List<Realm> hosted) {
        this.first = first;
        realms = Stream.concat(Stream.of(first), hosted.stream())
                .collect(Collectors.toUnmodifiableMap(Realm::name, Function.identity()));
    }

    /**
     * MD5 alone: common phones fail on a challenge of anything else beside it.
     *
     * @param realm the platform's SIP domain
     * @return the settings
     */
    public static AuthSettings usual(String realm) {
        return new AuthSettings(realm, List.of(DigestAlgorithm.MD5));
    }

    /** The platform's own domain. */
    Realm first() {
        return first;
    }

    /** The realm of a name, or null where it is none of ours. */
    @Nullable
    Realm named(String name) {
        return realms.get(name);
    }

    /** Whether a host is a domain of ours, or below one. */
    boolean hold(String host) {
        return HostPort.within(host, realms::containsKey);
    }

    /** Every hash that anybody may be asked for. */
    List<DigestAlgorithm> algorithms() {
        return realms.values().stream()
                .flatMap(realm -> realm.algorithms().stream())
                .distinct()
                .toList();
    }
}
