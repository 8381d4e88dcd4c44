package org.sipring.proxy.defence;

import org.jspecify.annotations.Nullable;
import org.sipring.api.Table;

/** Adds bans to those that there are. Argument and answer are lists of bans. */
final class AddBans implements Table.Rule<BanList> {
    @Override
    public Table.Change<BanList> apply(@Nullable BanList current, byte[] argument, Table.Moment moment) {
        BanList known = current == null ? BanList.NOBODY : current;
        BanList next = known.unite(BanList.CODEC.decode(argument)).since(moment.now());
        return new Table.Change<>(next.isEmpty() ? null : next, next.lastEnd(), BanList.CODEC.encode(next));
    }
}
