package org.sipring.app.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sipring.api.Chance;
import org.sipring.api.Ticker;
import org.sipring.app.demo.DemoPlan.DemoNode;
import org.sipring.app.phone.Router;
import org.sipring.app.phone.SrvRouter;
import org.sipring.dns.wire.SrvLookup;
import org.sipring.runtime.settings.HttpSettings;

/** Looks at the demo from outside, as a phone or an operator would: by DNS and by HTTP. Blocks. */
final class DemoProbe {
    private static final int LIMIT_MILLIS = 1_000;

    private final DemoPlan plan;
    private final SrvLookup lookup;

    DemoProbe(DemoPlan plan, Ticker room, Chance chance) {
        this.plan = plan;
        this.lookup = new SrvLookup(List.of(plan.dnsAddress()), room, chance);
    }

    Router router() {
        return new SrvRouter(lookup);
    }

    boolean nameServerAnswers() {
        try (Socket socket = new Socket()) {
            socket.connect(plan.dnsAddress(), LIMIT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The addresses that DNS names for the domain's SIP service now. */
    Set<String> published() {
        try {
            return lookup.find("_sip._udp." + plan.domain() + ".").stream()
                    .map(address -> address.getAddress().getHostAddress())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            return Set.of();
        }
    }

    boolean ready(DemoNode node) {
        try {
            URI uri = URI.create("http://" + node.address() + ":" + HttpSettings.PORT + "/readyz");
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
