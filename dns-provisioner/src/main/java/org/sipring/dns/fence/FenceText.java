package org.sipring.dns.fence;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sipring.api.NodeId;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Text;

/**
 * The content of the fence: {@code "v1 platform epoch seq holder nonce"}.
 *
 * @param platform the platform id
 * @param mark epoch and seq
 * @param holder who wrote last
 * @param nonce fresh in every update, so that no earlier text ever comes back
 */
public record FenceText(String platform, FenceMemory.Mark mark, NodeId holder, String nonce) {
    private static final Pattern WORDS =
            Pattern.compile("v1 (\\S{1,64}) (\\d{1,18}) (\\d{1,18}) (" + NodeId.LABEL + ") ([0-9a-f]{1,64})");

    /**
     * Reads the fence.
     *
     * @param set of type TXT
     * @return its text; empty when it is not one, and only one, text of ours
     */
    public static Optional<FenceText> parse(RrSet set) {
        return set.data().size() == 1 ? Text.unquote(set.data().first()).flatMap(FenceText::words) : Optional.empty();
    }

    private static Optional<FenceText> words(String words) {
        Matcher at = WORDS.matcher(words);
        return at.matches()
                ? Optional.of(new FenceText(
                        at.group(1),
                        new FenceMemory.Mark(Long.parseLong(at.group(2)), Long.parseLong(at.group(3))),
                        new NodeId(at.group(4)),
                        at.group(5)))
                : Optional.empty();
    }

    /**
     * The fence that says so.
     *
     * @param policy the operator's decisions, for its name and TTL
     * @return one TXT record
     */
    public RrSet set(ZonePolicy policy) {
        String words = String.join(
                " ", "v1", platform, Long.toString(mark.epoch()), Long.toString(mark.seq()), holder.value(), nonce);
        RrKey key = policy.fence();
        return RrSet.of(key.name(), key.type(), policy.ttl().toSeconds(), List.of(Text.quote(words)));
    }
}
