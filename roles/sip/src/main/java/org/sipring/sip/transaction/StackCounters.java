package org.sipring.sip.transaction;

import org.sipring.api.Meter;

/** What the stack counts. */
record StackCounters(Runnable requests, Runnable responses, Runnable junk, Runnable strays, Runnable overload) {
    static StackCounters of(Meter meter) {
        return new StackCounters(
                meter.counter("sipring_sip_requests_total", "SIP requests received."),
                meter.counter("sipring_sip_responses_total", "SIP responses received."),
                meter.counter("sipring_sip_junk_total", "Messages dropped or refused because they are malformed."),
                meter.counter("sipring_sip_stray_responses_total", "Responses that no transaction waited for."),
                meter.counter("sipring_sip_overload_total", "Requests refused because too many transactions run."));
    }
}
