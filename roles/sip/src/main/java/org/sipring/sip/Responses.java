package org.sipring.sip;

import org.jspecify.annotations.Nullable;

/** Writes responses to requests. RFC 3261 section 8.2.6. */
public final class Responses {
    private static final int RETRY_AFTER_SECONDS = 5;

    private Responses() {}

    /**
     * A response without body: Via, From, To, Call-ID and CSeq copied byte for byte, Content-Length 0. A 100 also
     * copies Timestamp. For what may form a dialog use {@link #dialogForming}.
     *
     * @param request what it answers; also one that was found {@link ParseResult.Bad}
     * @param status 100 to 699
     * @param reason the reason phrase
     * @param toTag added to a To that has no tag; null: none is added, as in a 100
     * @return the response
     */
    public static SipMessage of(SipMessage request, int status, String reason, @Nullable String toTag) {
        return begin(request, status, reason, toTag).build();
    }

    /**
     * The same response with the usual reason phrase.
     *
     * @param request what it answers
     * @param status 100 to 699
     * @param toTag added to a To that has no tag; null: none is added
     * @return the response
     */
    public static SipMessage of(SipMessage request, int status, @Nullable String toTag) {
        return of(request, status, Status.reason(status), toTag);
    }

    /**
     * A 503 that asks to try again in a moment.
     *
     * @param request what it answers
     * @param toTag added to a To that has no tag
     * @return the response
     */
    public static SipMessage unavailable(SipMessage request, String toTag) {
        return unavailable(request, toTag, RETRY_AFTER_SECONDS);
    }

    /**
     * A 503 that says when to try again.
     *
     * @param request what it answers
     * @param toTag added to a To that has no tag
     * @param seconds how long to wait
     * @return the response
     */
    public static SipMessage unavailable(SipMessage request, String toTag, int seconds) {
        return begin(request, 503, Status.reason(503), toTag)
                .add(HeaderName.RETRY_AFTER, Integer.toString(seconds))
                .build();
    }

    /**
     * A response with another To tag.
     *
     * @param request what it answers
     * @param response the response
     * @param toTag takes the place of the response's; not where the tag is the request's
     * @return the response
     */
    public static SipMessage retagged(SipMessage request, SipMessage response, String toTag) {
        HeaderLine to = request.headers().first(HeaderName.TO);
        return to == null || request.toTag().isPresent()
                ? response
                : response.edit()
                        .set(HeaderName.TO, to.value() + ";tag=" + toTag)
                        .build();
    }

    /**
     * The same response with the request's Record-Route, as RFC 3261 section 12.1.1 asks of a user agent.
     *
     * @param request what it answers
     * @param status 101 to 299
     * @param reason the reason phrase
     * @param toTag the callee's half of the dialog's name
     * @return takes Contact, body and more
     */
    public static MessageBuilder dialogForming(SipMessage request, int status, String reason, String toTag) {
        MessageBuilder edit = begin(request, status, reason, toTag);
        edit.copy(request, HeaderName.RECORD_ROUTE);
        return edit;
    }

    /**
     * Begins a response, as {@link #of} gives it.
     *
     * @param request what it answers
     * @param status 100 to 699
     * @param reason the reason phrase
     * @param toTag added to a To that has no tag; null: none is added
     * @return takes more headers
     */
    public static MessageBuilder begin(SipMessage request, int status, String reason, @Nullable String toTag) {
        if (reason.indexOf('\r') >= 0 || reason.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a reason phrase holds no line end");
        }
        MessageBuilder edit =
                new MessageBuilder(new SipMessage(StartLine.response(status, reason), Headers.NONE, Body.NONE));
        edit.copy(request, HeaderName.VIA);
        edit.copy(request, HeaderName.FROM);
        edit.copy(request, HeaderName.TO);
        edit.copy(request, HeaderName.CALL_ID);
        edit.copy(request, HeaderName.CSEQ);
        if (status == 100) {
            edit.copy(request, HeaderName.TIMESTAMP);
        }
        NameAddr named = request.readTo();
        boolean tagged = named != null && named.tag().isPresent();
        HeaderLine to = request.headers().first(HeaderName.TO);
        return tagged || toTag == null || to == null ? edit : edit.set(HeaderName.TO, to.value() + ";tag=" + toTag);
    }
}
