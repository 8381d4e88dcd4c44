package org.sipring.sip;

import org.jspecify.annotations.Nullable;

/** A message's first line: a request's, or, where {@code status} is not 0, a response's. RFC 3261 section 7. */
record StartLine(String method, String uri, int status, String reason) {
    private static final String VERSION = "SIP/2.0";

    /** Either the line, or what is wrong with it; a line that nobody meant as SIP has neither. */
    record Reading(@Nullable StartLine line, @Nullable Flaw flaw) {}

    static StartLine request(String method, String uri) {
        return new StartLine(method, uri, 0, "");
    }

    static StartLine response(int status, String reason) {
        return new StartLine("", "", status, reason);
    }

    boolean isRequest() {
        return status == 0;
    }

    static Reading read(String text) {
        return text.regionMatches(true, 0, "SIP/", 0, 4) ? readResponse(text) : readRequest(text);
    }

    private static Reading readResponse(String text) {
        int status = text.regionMatches(true, 0, VERSION + " ", 0, 8) && text.length() >= 11
                ? (int) Ascii.number(text.substring(8, 11), 699)
                : -1;
        boolean ends = text.length() == 11 || (text.length() > 11 && text.charAt(11) == ' ');
        return status < 100 || !ends
                ? new Reading(null, null)
                : new Reading(response(status, text.substring(Math.min(12, text.length()))), null);
    }

    private static Reading readRequest(String text) {
        int version = text.lastIndexOf("SIP/");
        int space = text.indexOf(' ');
        String method = text.substring(0, Math.max(0, space));
        if (version < space || !Ascii.token(method)) {
            return new Reading(null, null);
        }
        String uri = text.substring(space + 1, Math.max(space + 1, version - 1));
        return new Reading(request(method, uri), flaw(text, uri, version));
    }

    private static @Nullable Flaw flaw(String text, String uri, int version) {
        boolean ours = text.length() - version == VERSION.length()
                && text.regionMatches(true, version, VERSION, 0, VERSION.length());
        if (!ours && text.substring(version).matches("SIP/(?!2\\.0$)\\d+\\.\\d+")) {
            return Flaw.of(505);
        }
        boolean single = text.charAt(version - 1) == ' ' && NameAddr.absolute(uri);
        return ours && single ? null : Flaw.bad("Malformed Request-Line");
    }

    @Override
    public String toString() {
        return isRequest() ? method + ' ' + uri + ' ' + VERSION : VERSION + ' ' + status + ' ' + reason;
    }
}
