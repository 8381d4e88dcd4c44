package org.sipring.proxy.registrar;

import java.util.Map;
import org.sipring.api.Table;

/** The table of all bindings. Its keys are addresses-of-record, such as {@code alice@sipring.test}. */
public final class BindingsTable {
    static final String REGISTER = "register";
    static final String LOSE_FLOW = "lose-flow";

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
                Map.of(REGISTER, new RegisterRule(), LOSE_FLOW, new LostFlowRule()),
                new BindingsMerge());
    }
}
