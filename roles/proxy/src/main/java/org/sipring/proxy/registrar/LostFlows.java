package org.sipring.proxy.registrar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sipring.api.Table;
import org.sipring.proxy.edge.FlowRef;

/**
 * Tells the platform's bindings of flows that this node has lost: once of each, however many calls find it out meanwhile.
 * Callable from any thread.
 */
public final class LostFlows {
    // More than can be found lost within the moment that the table needs. What is told once more changes nothing.
    private static final int REMEMBERED = 1_024;

    private final Table<Bindings> table;
    private final RegistrarSettings settings;
    private final Set<Told> told = Collections.newSetFromMap(new Newest());

    private record Told(String aor, LostFlow lost) {}

    /**
     * Tells a table.
     *
     * @param settings what the registrar allows: the end of a binding is remembered for as long as one can last
     * @param table the table of {@link BindingsTable#spec}
     */
    public LostFlows(RegistrarSettings settings, Table<Bindings> table) {
        this.settings = settings;
        this.table = table;
    }

    /**
     * Lets a contact be forgotten. Returns at once; where the table cannot be changed now the binding stays until it expires.
     *
     * @param aor the address-of-record that has it
     * @param flow the flow that it was registered over, which is closed for good
     * @param uri the contact, as a Request-URI
     */
    public void forget(String aor, FlowRef flow, String uri) {
        LostFlow lost = new LostFlow(flow, uri, (int) settings.maximum().toSeconds());
        if (isNews(new Told(aor, lost))) {
            var unused = table.update(aor, BindingsTable.LOSE_FLOW, LostFlow.FORMAT.encode(lost), requestId(lost));
        }
    }

    private synchronized boolean isNews(Told one) {
        return told.add(one);
    }

    private static String requestId(LostFlow lost) {
        FlowRef flow = lost.flow();
        return "lost " + flow.node() + ' ' + flow.boot() + ' ' + flow.connection() + ' ' + lost.uri();
    }

    private static final class Newest extends LinkedHashMap<Told, Boolean> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Told, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
