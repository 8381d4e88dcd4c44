package org.sipring.app.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.sipring.app.demo.DemoPlan.DemoNode;
import org.sipring.runtime.settings.HttpSettings;
import org.sipring.runtime.settings.ProvisioningSettings;
import org.sipring.runtime.settings.SipSettings.RecordRoute;

/** The one screen that the demo prints when the platform is ready. */
final class DemoScreen {
    private final PrintStream out;

    DemoScreen(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints.
     *
     * @param roles what each node does, as the platform's status says
     * @param zone the platform's DNS records, a line each
     */
    void print(
            DemoPlan plan,
            Children children,
            Map<String, String> roles,
            List<DemoAccount> accounts,
            List<String> zone) {
        out.printf("%nSipring platform %s is ready.%n%n", plan.domain());
        nodes(plan, children, roles);
        out.printf("%nDNS at %s, zone %s:%n", plan.dns(), plan.domain());
        zone.stream().filter(line -> !line.contains(".edge.")).forEach(line -> out.println("  " + line));
        out.println("  and the edge names of the nodes: ./sipring dns show --dir "
                + plan.layout().dir());
        if (plan.bench()) {
            benchTarget(plan, accounts);
        } else {
            accounts(accounts);
            tryNext(plan, accounts.get(0), accounts.get(1));
        }
        out.println("Ctrl-C stops everything.");
        out.flush();
    }

    private void nodes(DemoPlan plan, Children children, Map<String, String> roles) {
        out.println("Nodes (plain processes: killing one is a fair test, it is not restarted):");
        for (DemoNode node : plan.nodes()) {
            String id = node.id().value();
            out.printf(
                    "  %-4s %-11s pid %-8d roles %s   SIP %s:5060 udp+tcp, 5061 tls, 4080 ws, 4443 wss   http://%s:%d/status  /metrics%n",
                    id,
                    node.address(),
                    children.pid(id).orElse(0L),
                    roles.getOrDefault(id, "-"),
                    node.address(),
                    node.address(),
                    HttpSettings.PORT);
        }
    }

    private void accounts(List<DemoAccount> accounts) {
        out.printf("%nAccounts:%n");
        accounts.forEach(a -> out.printf("  sip:%-24s password %s%n", a.aor(), a.password()));
    }

    private void tryNext(DemoPlan plan, DemoAccount account, DemoAccount callee) {
        String dir = plan.layout().dir().toString();
        DemoNode last = plan.nodes().get(plan.nodes().size() - 1);
        out.printf("%nTry, in another terminal:%n");
        out.printf("  ./sipring status --dir %s%n", dir);
        out.printf("  dig @127.0.0.1 -p 5300 SRV _sip._udp.%s%n", plan.domain());
        out.printf(
                "  ./sipring account set %s --forward-always sip:%s --dir %s    # 'none' takes it back%n",
                account.aor(), callee.aor(), dir);
        out.printf("  kill -9 <pid of a node>        # gone from DNS within 3 seconds, calls go on%n");
        out.printf("  ./sipring demo start-node %s --dir %s%n", last.id(), dir);
        out.printf(
                "  a SIP phone on this machine: user %s, domain %s, outbound proxy %s%n",
                account.user(), plan.domain(), plan.nodes().get(0).address());
        out.printf(
                "  curl --cacert %1$s/ca.crt --cert %1$s/node.crt --key %1$s/node.key https://%2$s:%3$d/v1/domains%n",
                plan.layout().operator(), plan.nodes().get(0).address(), ProvisioningSettings.PORT);
        out.printf("Record-Route names nodes by %s", plan.recordRoute());
        out.printf(
                plan.recordRoute() == RecordRoute.NAME
                        ? " (phones that cannot ask this DNS: start with --record-route address).%n"
                        : " (a dead node's calls cannot be found again by phones: for phones without this DNS only).%n");
    }

    private void benchTarget(DemoPlan plan, List<DemoAccount> accounts) {
        DemoAccount first = accounts.get(0);
        DemoAccount last = accounts.get(accounts.size() - 1);
        out.printf("%nAccounts %s .. %s, password %s, any contact, ", first.aor(), last.aor(), first.password());
        out.printf("digest %s.%n", plan.digest() ? "on" : "off (start with --auth to turn it on)");
    }
}
