package org.sipring.proxy.core;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;

/** A digest of everything that decides a request's way. RFC 3261 section 16.6 step 8: a loop shows it unchanged. */
final class LoopMark {
    private LoopMark() {}

    static String of(SipMessage request) {
        CRC32C sum = new CRC32C();
        add(sum, request.requestUri());
        add(sum, request.callId());
        add(sum, request.cseq().toString());
        add(sum, request.fromTag().orElse(""));
        add(sum, request.toTag().orElse(""));
        request.routes().forEach(route -> add(sum, route.uri()));
        request.headers(HeaderName.PROXY_AUTHORIZATION).forEach(credentials -> add(sum, credentials));
        return Long.toString(sum.getValue(), 36);
    }

    private static void add(CRC32C sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
    }
}
