package org.sipring.proxy.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sipring.sip.Expiry;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** A flow through a NAT, and until when anything is registered over it. Lives in one loop. */
final class NattedFlow {
    private final Flow flow;
    // In nanoseconds of the loop's ticker.
    private final Map<Contact, Long> ends = new HashMap<>();

    NattedFlow(Flow flow) {
        this.flow = flow;
    }

    private record Contact(String account, String uri) {}

    Flow flow() {
        return flow;
    }

    /** An account has registered contacts, or other contacts of it are no more: the 200 says what is bound at {@code now}. */
    void bind(String account, List<String> contacts, SipMessage ok, long now) {
        Map<String, Long> bound = new HashMap<>();
        ok.contacts().orElse(List.of()).forEach(contact -> bound.put(contact.uri(), now + nanos(contact)));
        ends.keySet().removeIf(contact -> contact.account.equals(account) && !bound.containsKey(contact.uri));
        bound.keySet().retainAll(contacts);
        bound.forEach((uri, end) -> ends.put(new Contact(account, uri), end));
    }

    private static long nanos(NameAddr bound) {
        int seconds = bound.params().value("expires").map(Expiry::seconds).orElse(0);
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Whether anything is registered over it still. */
    boolean live(long now) {
        ends.values().removeIf(end -> end - now <= 0);
        return !ends.isEmpty();
    }
}
