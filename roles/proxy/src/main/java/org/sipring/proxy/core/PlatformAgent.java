package org.sipring.proxy.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;

/** The platform as a user agent: what it answers when it is asked itself, and none of its users. RFC 3261 section 8.2. */
final class PlatformAgent {
    private static final List<String> METHODS = List.of(
            "INVITE",
            "ACK",
            "CANCEL",
            "OPTIONS",
            "BYE",
            "REGISTER",
            "SUBSCRIBE",
            "NOTIFY",
            "REFER",
            "MESSAGE",
            "INFO",
            "UPDATE",
            "PRACK",
            "PUBLISH");
    // What the registrar does: RFC 3327, RFC 5626 and RFC 5627.
    private static final List<String> SUPPORTED = List.of("path", "outbound", "gruu");

    private PlatformAgent() {}

    static SipMessage answer(ServerTransaction transaction) {
        String method = transaction.request().method();
        if (!METHODS.contains(method)) {
            return transaction.response(501);
        }
        return method.equals("OPTIONS") ? options(transaction) : transaction.response(404);
    }

    /** RFC 3261 sections 8.2.2.3 and 11.2. */
    private static SipMessage options(ServerTransaction transaction) {
        List<String> unknown = transaction.request().headers(HeaderName.REQUIRE).stream()
                .filter(option -> !SUPPORTED.contains(option.toLowerCase(Locale.ROOT)))
                .toList();
        Optional<Refusal> refusal = Refusal.unsupported(unknown);
        return refusal.isPresent() ? refusal.get().response(transaction) : description(transaction);
    }

    private static SipMessage description(ServerTransaction transaction) {
        return transaction
                .response(200)
                .edit()
                .add(HeaderName.ALLOW, String.join(", ", METHODS))
                .add(HeaderName.ACCEPT, "*/*")
                .add(HeaderName.SUPPORTED, String.join(", ", SUPPORTED))
                .build();
    }
}
