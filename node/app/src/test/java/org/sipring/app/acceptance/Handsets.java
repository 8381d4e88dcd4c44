package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sipring.app.phone.Dialog;
import org.sipring.app.phone.Phone;
import org.sipring.app.phone.PhoneAccount;
import org.sipring.runtime.SystemChance;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** Phones of a demo's accounts that follow RFC 3263. */
final class Handsets {
    private static final Duration LIMIT = Duration.ofSeconds(12);

    private final DemoRun demo;
    private final DigRouter router = new DigRouter(new SystemChance());

    Handsets(DemoRun demo) {
        this.demo = demo;
    }

    /**
     * Both sides of a call.
     *
     * @param caller who called
     * @param callers the caller's side
     * @param callee who answered
     * @param callees the callee's side
     */
    record Call(Phone caller, Dialog callers, Phone callee, Dialog callees) {
        /** The same call, the other side first. */
        Call reversed() {
            return new Call(callee, callees, caller, callers);
        }
    }

    InetSocketAddress proxy(String node) {
        return new InetSocketAddress(demo.address(node), 5060);
    }

    Phone phone(String user) {
        return phone(new PhoneAccount(user, "sipring.test", demo.password(user)));
    }

    Phone phone(PhoneAccount account) {
        try {
            return new Phone(account, InetAddress.getByName("127.0.0.1"), router, new SystemChance());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Phone registered(String user, String node) {
        Phone phone = phone(user);
        register(phone, node);
        return phone;
    }

    Phone registered(PhoneAccount account, String node) {
        Phone phone = phone(account);
        register(phone, node);
        return phone;
    }

    /** Registers a phone and returns the 200, which lists all bindings of the account. */
    SipMessage register(Phone phone, String node) {
        try {
            SipMessage response = phone.register(proxy(node), Duration.ofMinutes(10));
            assertThat(response.status()).as(response.toString()).isEqualTo(200);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Call call(Phone caller, String callee, Phone calleesPhone, String node) {
        CompletableFuture<Dialog> answering = CompletableFuture.supplyAsync(() -> answer(calleesPhone));
        try {
            SipMessage invite = caller.startCall("sip:" + callee + "@sipring.test", proxy(node));
            Optional<SipMessage> outcome = caller.outcome(invite, LIMIT);
            assertThat(outcome.map(SipMessage::status)).as("%s", outcome).contains(200);
            Dialog callers = caller.confirm(invite, outcome.orElseThrow());
            return new Call(caller, callers, calleesPhone, answering.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dialog answer(Phone phone) {
        try {
            Dialog dialog = phone.answer(LIMIT).orElseThrow(() -> new AssertionError("the callee did not ring"));
            assertThat(phone.awaitAck(dialog, LIMIT))
                    .as("ACK for the callee's 200")
                    .isTrue();
            return dialog;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a side sends its next request: its phone resolves this now and goes on with the answer from then on. */
    List<InetSocketAddress> targets(Dialog dialog) {
        SipUri route =
                NameAddr.parse(dialog.routes().get(0)).flatMap(NameAddr::sipUri).orElseThrow();
        return router.route(route.host(), route.port());
    }

    /** The caller hangs up; both sides must agree that the call has ended. */
    void end(Call call) {
        CompletableFuture<Boolean> ending = CompletableFuture.supplyAsync(() -> ended(call));
        try {
            SipMessage response = call.caller().hangUp(call.callers());
            assertThat(response.status()).as(response.toString()).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(ending.join()).as("the callee heard of the end").isTrue();
    }

    private static boolean ended(Call call) {
        try {
            return call.callee().awaitHangUp(call.callees(), LIMIT.multipliedBy(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
