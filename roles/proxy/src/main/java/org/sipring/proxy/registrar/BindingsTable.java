package org.sipring.proxy.registrar;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Outcome;
import org.sipring.api.Table;

/** The table of all bindings. Its keys are addresses-of-record, such as {@code alice@sipring.test}. */
public final class BindingsTable {
    static final String REGISTER = "register";
    static final String LOSE_FLOW = "lose-flow";
    static final String RESTORE = "restore";

    private BindingsTable() {}

    /**
     * What its owner must know.
     *
     * @return the table's rules
     */
    public static Table.Spec<Bindings> spec() {
        return new Table.Spec<>(
                "bindings",
                new BindingsCodec(),
                Map.of(REGISTER, new RegisterRule(), LOSE_FLOW, new LostFlowRule(), RESTORE, new RestoreRule()),
                new BindingsMerge());
    }

    /**
     * Puts back what was known of an address-of-record before all nodes ended, unless the table knows better.
     *
     * @param table the table
     * @param aor the address-of-record
     * @param remembered what was known, in the table's format
     * @param requestId names this change
     * @return whether it is done
     */
    public static CompletionStage<Outcome<byte[]>> restore(
            Table<Bindings> table, String aor, byte[] remembered, String requestId) {
        return table.update(aor, RESTORE, remembered, requestId);
    }
}
