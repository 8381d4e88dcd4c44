package org.sipring.proxy.registrar;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Table;

/**
 * The change that a lost flow makes: the binding that was registered over it is removed, and no other. A phone that has
 * registered anew has another flow by then. Nobody waits for an answer.
 */
final class LostFlowRule implements Table.Rule<Bindings> {
    private static final byte[] NOTHING = {};

    @Override
    public Table.Change<Bindings> apply(@Nullable Bindings current, byte[] argument, Table.Moment moment) {
        Bindings before = (current == null ? Bindings.NONE : current).at(moment.now());
        LostFlow lost = LostFlow.FORMAT.decode(argument);
        long forgetAt = moment.now().plusSeconds(lost.memory()).toEpochMilli();
        List<Binding> after = before.all().stream()
                .map(binding -> binding.over(lost.flow(), lost.uri()) ? binding.lost(forgetAt) : binding)
                .toList();
        return new Bindings(after, before.cleared()).kept(NOTHING);
    }
}
