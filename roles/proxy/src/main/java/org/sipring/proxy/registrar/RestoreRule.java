package org.sipring.proxy.registrar;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Table;

/**
 * The change that a node's memory of an address-of-record makes, from before the platform was formed anew: what is brought
 * is united with what is known as the two sides of a partition are, so that the later word on a binding holds, whichever
 * comes first. What has expired is left out. Nobody waits for an answer.
 */
final class RestoreRule implements Table.Rule<Bindings> {
    private static final BindingsCodec CODEC = new BindingsCodec();
    private static final BindingsMerge MERGE = new BindingsMerge();
    private static final byte[] NOTHING = {};

    @Override
    public Table.Change<Bindings> apply(@Nullable Bindings current, byte[] argument, Table.Moment moment) {
        Bindings known = (current == null ? Bindings.NONE : current).at(moment.now());
        Bindings brought = CODEC.decode(argument).at(moment.now());
        return MERGE.merge(known, unreplaced(brought, known)).kept(NOTHING);
    }

    // RFC 3261 section 10.3 step 7: a REGISTER replaces the same contact in other words, which a merge does not see.
    private static Bindings unreplaced(Bindings brought, Bindings known) {
        List<Binding> left = brought.all().stream()
                .filter(binding -> known.all().stream().noneMatch(other -> other.replaces(binding)))
                .toList();
        return new Bindings(left, brought.cleared());
    }
}
