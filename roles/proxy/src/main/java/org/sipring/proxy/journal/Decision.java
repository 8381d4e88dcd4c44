package org.sipring.proxy.journal;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a proxy decides about a request, each as a sentence with gaps. Its words are for people, and may change. */
public enum Decision {
    /** Method, Request-URI, who sent it, From. */
    RECEIVED("{} for {} came from {}, From {}"),
    /** Status, reason phrase, to whom. */
    ANSWERED("answered {} {} to {}"),
    /** Whether there were credentials for the platform. */
    UNPROVED("the caller has not proved who it is: {}"),
    /** Who. */
    PROVED("the caller proved to be {}"),
    /** Who. */
    TOO_MUCH("{} asks for more than sip.defence.account-rate"),
    /** Who. */
    BELIEVED("the caller is taken at its word to be {}: sip.authentication is off"),
    /** Policy. */
    LET_IN("let in without a proof: the sender is a trunk, or listed in sip.foreign.inbound"),
    /** URI. */
    LEAVES("{} is another domain's, and sip.foreign.outbound lets it be called"),
    /** The trunk's server. */
    DIALS("a number for the trunk at {}"),
    /** Address, how many contacts. */
    FOUND("the registrar has of {} so many contacts: {}"),
    /** Address. */
    UNKNOWN("{} is no user of this platform"),
    /** Whose. */
    DISABLED("the account of {} is disabled"),
    /** Who, status. */
    BLOCKED("{} does not want requests of this caller: they are answered {}"),
    /** Who. */
    UNDISTURBED("{} does not want to be disturbed: no phone rings, as if all were busy"),
    /** Who. */
    OUT_OF_PATIENCE("the phones of {} have rung as long as this user wishes"),
    /** Who, when, where. */
    FORWARDED("{} forwards calls ({}) to {}, on this user's account"),
    /** Who, when. */
    FORWARDS_NOWHERE(
            "where {} forwards calls ({}) this user may not call, or nobody is there, or there were too many forwards"),
    /** Who, to whom. */
    FORWARDS_IN_A_CIRCLE("{} forwards calls to {}, where the call has been already"),
    /** Who. */
    REFUSES_FORWARDS(
            "{} does not want requests of this caller, or the account is disabled: the call is not forwarded there"),
    /** Address. */
    NOBODY_TELLS("no node can tell where {} is registered"),
    /** Whose phone, at which node. */
    FOR_PHONE("its Route leads to the phone of {} at {}"),
    /** Host. */
    FOR_HOST("its Route leads to another domain's host {}"),
    /** How. */
    ANOTHER_WAY("none of the dialog's ways leads to the phone: looks for what it registered since"),
    /** How many phones. */
    NEXT_ROUND("calls so many phones that are less preferred: {}"),
    /** Request-URI, how, flow. */
    SENT("sent to {} {}: {}"),
    /** Request-URI, flow. */
    ACKNOWLEDGED("the ACK went to {}: {}"),
    /** Request-URI. */
    NO_WAY("there is no way to {}"),
    /** Request-URI, or server. */
    FULL("too many connections are open to open one to {}"),
    /** Request-URI. */
    NEXT_FLOW("nothing came from {} yet, not even a 100: the next flow of the phone is tried as well"),
    /** Request-URI. */
    FORGOTTEN("the connection of {} is closed, and no other can be opened: its registration is forgotten"),
    /** Seconds, Request-URI. */
    WAITS("the node in between has too much to do: it is asked in {} s for {}"),
    /** How many servers, domain. */
    SERVERS("so many servers found for {}: {}"),
    /** Domain. */
    TOO_MANY_NAMES("DNS is not asked for {}: the sender asks for too many names"),
    /** Domain. */
    NO_DNS("DNS does not tell where the servers of {} are"),
    /** Server, domain. */
    IMPOSTOR("{} does not prove by its certificate that it serves {}"),
    /** Server. */
    DEAD("{} is left for the next server"),
    /** Status, reason phrase, from whom. */
    HEARD("heard {} {} from {}"),
    /** From whom. */
    SILENT("nothing came in time from {}"),
    /** Whose. */
    BROKEN("the connection broke, or nothing can be sent to {}"),
    /** Who. */
    RANG_TOO_LONG("rang too long, and is told to stop: {}"),
    /** Who. */
    STOPPED("told to stop: {}"),
    /** Who. */
    NOT_BELIEVED("asks for the passwords of this platform's users, which is not believed: {}"),
    /** Status. */
    RECORDED_ANSWER("the call is recorded as answered with {}"),
    /** Status. */
    RECORDED_REFUSAL("the call is recorded as refused with {}"),
    /** Whose. */
    RECORDED_END("the call is recorded as over, by the BYE of the {}"),
    /** Status. */
    UNCONFIRMED_END("the caller's BYE, which the callee does not confirm ({}), is kept in mind: the call may go on"),
    /** Nothing. */
    RECORDED_END_ONLY("the BYE is recorded, apart from the call: the node that followed the call may be gone"),
    /** Nothing. */
    CANCELLED("the caller cancelled"),
    /** Status. */
    BEST(
            "nobody is left to ask; the best of all answers is {}, where 0 is none and 430 a phone that cannot be reached");

    private static final Pattern GAP = Pattern.compile("\\{}");

    private final String sentence;

    Decision(String sentence) {
        this.sentence = sentence;
    }

    /** The sentence with its gaps filled in order; a gap too many stays. */
    String tell(List<String> details) {
        Iterator<String> next = details.iterator();
        return GAP.matcher(sentence)
                .replaceAll(gap -> Matcher.quoteReplacement(next.hasNext() ? next.next() : gap.group()));
    }
}
