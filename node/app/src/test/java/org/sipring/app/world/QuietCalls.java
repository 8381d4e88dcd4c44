package org.sipring.app.world;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What calls must do once a world has rested. */
final class QuietCalls {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration A_LITTLE = Duration.ofMillis(500);

    // A phone that hung up in the middle of trouble may ask five servers one after the other, 32 s each.
    private static final Duration FORGOTTEN = Duration.ofMinutes(4);

    private static final int OK = 200;

    // 487, or what another contact said before: RFC 3261 section 16.7 step 6 leaves the choice.
    private static final int REFUSED = 400;

    private final World world;
    private final Calls calls;
    private final Phones phones;

    QuietCalls(World world, Calls calls) {
        this.world = world;
        this.calls = calls;
        phones = world.phones();
    }

    void check() {
        calls.ring(Calls.Ringing.A_MOMENT);
        phones.standing().forEach(this::canBeEnded);
        for (Phone phone : phones.acknowledged()) {
            world.alive().forEach(node -> canBeCalled(phone, node));
        }
        phones.acknowledged().forEach(this::isTakenOnce);
        calls.ring(Calls.Ringing.FOR_EVER);
        phones.acknowledged().stream().findFirst().ifPresent(phone -> world.alive()
                .forEach(node -> canBeCancelled(phone, node)));
        nothingIsLeft();
    }

    private void canBeEnded(Call call) {
        AtomicInteger status = new AtomicInteger(-1);
        phones.hangUp(call, status::set);
        world.pass(SOON, () -> status.get() >= 0 && call.over());
        require(status.get() == OK && call.over(), call + " cannot be ended: " + status);
    }

    // The other contacts of the address-of-record are busy.
    private void canBeCalled(Phone phone, WorldNode node) {
        Call call = call(phone, node);
        world.pass(SOON, () -> call.up() || call.over());
        require(
                call.up(),
                call + " through " + node + " does not reach " + phone + ": "
                        + (call.status() == 0 ? "no answer" : call.status()));
        if (call.up()) {
            canBeEnded(call);
        }
    }

    // All contacts ring; those who were slower are cancelled.
    private void isTakenOnce(Phone phone) {
        Call call = calls.begin(caller(phone), phone.aor(), Optional.empty());
        call.caller().call(call, world.alive().get(0).sip().phones());
        world.pass(SOON, () -> call.up() || call.over());
        world.pass(A_LITTLE, () -> false);
        require(call.up() && call.answers() == 1, call + " is taken by " + call.answers() + " phones");
        if (call.up()) {
            canBeEnded(call);
        }
    }

    private void canBeCancelled(Phone phone, WorldNode node) {
        Call call = calls.begin(caller(phone), phone.aor(), Optional.of(phone));
        Runnable cancel = call.caller().call(call, node.sip().phones());
        world.pass(SOON, call::rang);
        cancel.run();
        world.pass(SOON, call::over);
        require(call.status() >= REFUSED, call + " through " + node + " cannot be cancelled: " + call.status());
    }

    private Call call(Phone phone, WorldNode node) {
        Call call = calls.begin(caller(phone), phone.aor(), Optional.of(phone));
        call.caller().call(call, node.sip().phones());
        return call;
    }

    private Phone caller(Phone phone) {
        return phones.others(phone).get(0);
    }

    private void nothingIsLeft() {
        world.pass(FORGOTTEN, () -> left() == 0);
        List<String> keepers = world.alive().stream()
                .filter(node -> node.transactions() > 0)
                .map(node -> node + " keeps " + node.transactions())
                .toList();
        require(keepers.isEmpty(), "SIP transactions are never forgotten: " + keepers);
        require(left() == 0, "phones never forget SIP transactions");
    }

    private int left() {
        return world.alive().stream().mapToInt(WorldNode::transactions).sum()
                + phones.all().stream().mapToInt(Phone::transactions).sum();
    }

    private void require(boolean holds, String rule) {
        world.judge().require(holds, rule);
    }
}
