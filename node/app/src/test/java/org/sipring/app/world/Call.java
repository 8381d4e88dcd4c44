package org.sipring.app.world;

import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.records.CallRecord;
import org.sipring.sip.SipMessage;

/** A call as the world sees it, from both of its ends. */
final class Call {
    private final String id;
    private final Phone caller;
    private final String aor;
    private final Optional<Phone> wanted;
    private final Set<Phone> ringing = new HashSet<>();
    private final Map<Phone, Dialog> taken = new LinkedHashMap<>();
    private final Set<Phone> acknowledged = new HashSet<>();
    private final Set<String> answers = new HashSet<>();
    private @Nullable Dialog callers;
    private @Nullable String tag;
    private final Set<Mishap> mishaps = EnumSet.noneOf(Mishap.class);
    private @Nullable InetSocketAddress node;
    private CallRecord.@Nullable Ending end;
    private boolean cancelled;
    private boolean confirmed;
    private boolean over;
    private int status;

    /** Of several phones that hear of the call, the wanted one takes it; any, where none is wanted. */
    Call(String id, Phone caller, String aor, Optional<Phone> wanted) {
        this.id = id;
        this.caller = caller;
        this.aor = aor;
        this.wanted = wanted;
    }

    String id() {
        return id;
    }

    Phone caller() {
        return caller;
    }

    String aor() {
        return aor;
    }

    boolean mayBeTakenBy(Phone phone) {
        return wanted.isEmpty() || wanted.get() == phone;
    }

    /** It is placed at a node. */
    void at(InetSocketAddress first) {
        node = first;
    }

    /** A phone rings. */
    void rings(Phone phone) {
        ringing.add(phone);
        met(Mishap.FORKED, ringing.size() > 1);
    }

    /** The caller thinks better of it. */
    void cancelled() {
        cancelled = true;
    }

    /** The caller has said that it heard who took it. */
    void confirmed() {
        confirmed = true;
    }

    /** A phone says once more that it has taken it. */
    void takenAgain() {
        met(Mishap.ACK_LOST, confirmed);
    }

    /** A node dies. */
    void died(InetSocketAddress dead) {
        met(Mishap.NODE_DIED_IN_INVITE, dead.equals(node) && rang() && status == 0 && !over);
    }

    /** A node's clock jumps. */
    void clockJumped() {
        met(Mishap.CLOCK_JUMPED, !over && rang());
    }

    private void met(Mishap mishap, boolean indeed) {
        if (indeed) {
            mishaps.add(mishap);
        }
    }

    /** What came between. */
    Set<Mishap> mishaps() {
        return mishaps;
    }

    /** Whether a phone has rung, or does. */
    boolean rang() {
        return !ringing.isEmpty();
    }

    /** A phone takes the call. */
    void taken(Phone phone, Dialog dialog) {
        taken.put(phone, dialog);
    }

    /**
     * The caller hears that somebody took it. RFC 3261 section 13.2.2.4: of two who did at the same time, it stays with
     * the first.
     */
    void answered(SipMessage ok) {
        String answer = ok.toTag().orElse("");
        answers.add(answer);
        met(Mishap.CANCEL_CROSSED_ANSWER, cancelled);
        if (tag == null) {
            tag = answer;
            callers = Dialog.ofCaller(ok);
            status = ok.status();
        }
    }

    boolean isWith(SipMessage ok) {
        return ok.toTag().equals(Optional.ofNullable(tag));
    }

    /** The tag of the phone that it is with, as the caller heard it. */
    Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    /** How many phones the caller has heard take it. */
    int answers() {
        return answers.size();
    }

    /** A phone that took it hears that the caller heard. */
    void acknowledged(Phone phone) {
        acknowledged.add(phone);
    }

    /** The caller hears that nobody takes it; 0: it hears nothing. */
    void refused(int by) {
        status = by;
        over = true;
    }

    /** A phone hears that the other has hung up. */
    void hungUp(Phone phone) {
        over |= phone == caller || callee().filter(phone::equals).isPresent();
    }

    /** A phone has hung up, and the other has said so. */
    void ended(Phone by) {
        if (end == null) {
            end = by == caller ? CallRecord.Ending.CALLER : CallRecord.Ending.CALLEE;
        }
    }

    /** Who ended it, as both know. */
    Optional<CallRecord.Ending> ended() {
        return Optional.ofNullable(end);
    }

    /** Both ends know that they talk. */
    boolean up() {
        return callee().filter(acknowledged::contains).isPresent() && !over;
    }

    boolean over() {
        return over;
    }

    int status() {
        return status;
    }

    /** The phone that it is with. */
    Optional<Phone> callee() {
        return taken.keySet().stream().filter(phone -> phone.tag().equals(tag)).findFirst();
    }

    /** What a phone remembers of it. */
    Optional<Dialog> of(Phone phone) {
        return Optional.ofNullable(phone == caller ? callers : taken.get(phone));
    }

    @Override
    public String toString() {
        return "call " + id + " from " + caller + " to " + aor;
    }
}
