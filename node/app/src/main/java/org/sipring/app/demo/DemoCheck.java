package org.sipring.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sipring.api.Chance;
import org.sipring.app.phone.Dialog;
import org.sipring.app.phone.Phone;
import org.sipring.app.phone.PhoneAccount;
import org.sipring.app.phone.Router;
import org.sipring.app.process.CommandFailure;
import org.sipring.sip.SipMessage;

/** Places a real call: alice at one node, bob at another, both nodes found by DNS. */
final class DemoCheck {
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Duration REGISTRATION = Duration.ofMinutes(5);

    private final DemoPlan plan;
    private final Router router;
    private final Chance chance;
    private final PrintStream out;

    DemoCheck(DemoPlan plan, Router router, Chance chance, PrintStream out) {
        this.plan = plan;
        this.router = router;
        this.chance = chance;
        this.out = out;
    }

    /** Throws {@link CommandFailure} when a step fails; prints each that went well. */
    void run(List<DemoAccount> accounts) {
        List<InetSocketAddress> proxies = router.route(plan.domain(), -1);
        say("DNS: %s is served by %s", plan.domain(), proxies);
        require(!proxies.isEmpty(), "DNS names no proxy of " + plan.domain());
        InetSocketAddress first = proxies.get(0);
        InetSocketAddress other = another(proxies, first);
        try (Phone alice = phone(accounts.get(0));
                Phone bob = phone(accounts.get(1))) {
            register(alice, accounts.get(0), first);
            register(bob, accounts.get(1), other);
            call(alice, bob, accounts.get(1), first);
        } catch (IOException e) {
            throw new CommandFailure("the call failed: " + e.getMessage());
        }
        say("The call went through.");
    }

    /** A proxy at another address: a call within one node would prove little. A platform of one node has none. */
    private InetSocketAddress another(List<InetSocketAddress> proxies, InetSocketAddress first) {
        Optional<InetSocketAddress> other = proxies.stream()
                .filter(proxy -> !proxy.getAddress().equals(first.getAddress()))
                .findFirst();
        require(
                other.isPresent() || plan.nodes().size() == 1,
                "DNS names one address alone, " + first.getAddress().getHostAddress() + ", for "
                        + plan.nodes().size() + " nodes");
        return other.orElse(first);
    }

    private Phone phone(DemoAccount account) throws IOException {
        return new Phone(
                new PhoneAccount(account.user(), account.domain(), account.password()),
                InetAddress.getByName("127.0.0.1"),
                router,
                chance);
    }

    private void register(Phone phone, DemoAccount account, InetSocketAddress node) throws IOException {
        SipMessage response = phone.register(node, REGISTRATION);
        require(response.status() == 200, account.aor() + " was not registered: " + response);
        say("%s registered at %s", account.aor(), node.getAddress().getHostAddress());
    }

    private void call(Phone alice, Phone bob, DemoAccount callee, InetSocketAddress node) throws IOException {
        CompletableFuture<Dialog> answering = CompletableFuture.supplyAsync(() -> answer(bob));
        SipMessage invite = alice.startCall("sip:" + callee.aor(), node);
        Optional<SipMessage> outcome = alice.outcome(invite, LIMIT);
        require(outcome.isPresent(), "the INVITE got no final response within " + LIMIT.toSeconds() + " s");
        SipMessage ok = outcome.orElseThrow();
        require(ok.status() == 200, "the INVITE was answered with " + ok);
        Dialog dialog = alice.confirm(invite, ok);
        say(
                "alice called bob through %s; bob answered; Record-Route %s",
                node.getAddress().getHostAddress(), ok.headers("Record-Route"));
        Dialog bobs = answering.join();
        CompletableFuture<Boolean> ending = CompletableFuture.supplyAsync(() -> ended(bob, bobs));
        SipMessage bye = alice.hangUp(dialog);
        require(bye.status() == 200 && ending.join(), "the BYE was answered with " + bye);
        say("alice hung up; bob agreed");
    }

    private static Dialog answer(Phone bob) {
        try {
            Dialog dialog = bob.answer(LIMIT).orElseThrow(() -> new CommandFailure("bob's phone did not ring"));
            require(bob.awaitAck(dialog, LIMIT), "bob's 200 was not acknowledged");
            return dialog;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ended(Phone bob, Dialog dialog) {
        try {
            return bob.awaitHangUp(dialog, LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CommandFailure(otherwise);
        }
    }

    private void say(String format, Object... values) {
        out.printf("  " + format + "%n", values);
    }
}
