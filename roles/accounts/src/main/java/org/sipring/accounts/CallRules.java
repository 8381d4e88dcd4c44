package org.sipring.accounts;

import java.util.List;

/**
 * What becomes of calls to a user, by the user's own wish.
 *
 * @param forwarding where calls go instead
 * @param doNotDisturb whether no phone shall ring: calls are answered as if all phones were busy
 * @param blocked callers whose calls are refused: {@code user@domain}, {@code *@domain} for all of a domain, or {@link
 *     #ANONYMOUS}
 */
public record CallRules(CallForwarding forwarding, boolean doNotDisturb, List<String> blocked) {
    /** Among those who are blocked: whoever does not say who calls. */
    public static final String ANONYMOUS = "anonymous";

    /** Every call rings. */
    public static final CallRules NONE = new CallRules(CallForwarding.NONE, false, List.of());

    /** Copies. */
    public CallRules {
        blocked = List.copyOf(blocked);
    }

    /**
     * Tells whether a caller is refused.
     *
     * @param caller who calls, as {@code user@domain}, the domain in lower case; or {@link #ANONYMOUS}
     * @return true when the user wants no calls from there
     */
    public boolean blocks(String caller) {
        return blocked.contains(caller)
                || blocked.contains('*' + caller.substring(Math.max(0, caller.lastIndexOf('@'))));
    }
}
