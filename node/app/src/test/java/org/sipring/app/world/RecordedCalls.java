package org.sipring.app.world;

import java.util.List;
import java.util.Optional;
import org.sipring.proxy.records.CallRecord;

/** What the records must say of all calls of a world, whatever came between. */
final class RecordedCalls {
    private final World world;
    private final Calls calls;
    private final Ledger ledger;

    RecordedCalls(World world, Calls calls, Ledger ledger) {
        this.world = world;
        this.calls = calls;
        this.ledger = ledger;
    }

    void check() {
        calls.all().forEach(this::check);
    }

    // Of several phones that took it at the same time each has a record; the caller talks with one.
    private void check(Call call) {
        List<Ledger.Line> lines = ledger.of(call);
        List<Ledger.Line> answers = of(call, lines, CallRecord.State.ANSWERED);
        List<Ledger.Line> overs = of(call, lines, CallRecord.State.OVER);
        long refusals = those(lines, CallRecord.State.OVER).stream()
                .filter(line -> line.record().times().answer().isEmpty())
                .count();
        boolean answered = !those(lines, CallRecord.State.ANSWERED).isEmpty();
        require(refusals + (answered ? 1 : 0) <= 1, call, "is both refused and answered, or refused twice", lines);
        require(call.tag().isEmpty() || answers.size() == 1, call, "was answered: not one record tells it", lines);
        require(overs.size() <= 1, call, "is over more than once", lines);
        overs.forEach(over -> hasTheSameBeginning(call, answers, over, lines));
        call.ended().ifPresent(end -> hasItsEnd(call, end, lines));
    }

    private static List<Ledger.Line> of(Call call, List<Ledger.Line> lines, CallRecord.State state) {
        return those(lines, state).stream()
                .filter(line -> call.tag()
                        .filter(line.record().dialog().toTag()::equals)
                        .isPresent())
                .toList();
    }

    private void hasTheSameBeginning(Call call, List<Ledger.Line> answers, Ledger.Line over, List<Ledger.Line> lines) {
        boolean same = answers.stream()
                .anyMatch(answer -> over.node() == answer.node()
                        && over.record().dialog().equals(answer.record().dialog())
                        && over.record()
                                .times()
                                .start()
                                .equals(answer.record().times().start())
                        && over.record()
                                .times()
                                .answer()
                                .equals(answer.record().times().answer()));
        require(same, call, "begins in two ways", lines);
    }

    // A BYE was answered with 200. Who followed the call tells its end; where that node is gone, or cut off, somebody
    // else does.
    private void hasItsEnd(Call call, CallRecord.Ending end, List<Ledger.Line> lines) {
        Optional<Ledger.Line> over =
                of(call, lines, CallRecord.State.OVER).stream().findFirst();
        if (over.isPresent()) {
            CallRecord record = over.get().record();
            require(record.times().end().isPresent(), call, "has no end", lines);
            require(record.outcome().ending() == end, call, "was ended otherwise", lines);
        } else {
            require(
                    those(lines, CallRecord.State.END_ONLY).stream().anyMatch(line -> names(call, line)),
                    call,
                    "has ended, and nobody tells it",
                    lines);
        }
    }

    // The tags are those of the BYE, either way round.
    private static boolean names(Call call, Ledger.Line line) {
        CallRecord.Dialog dialog = line.record().dialog();
        return call.tag()
                .filter(tag -> tag.equals(dialog.fromTag()) || tag.equals(dialog.toTag()))
                .isPresent();
    }

    private static List<Ledger.Line> those(List<Ledger.Line> lines, CallRecord.State state) {
        return lines.stream().filter(line -> line.record().state() == state).toList();
    }

    private void require(boolean holds, Call call, String rule, List<Ledger.Line> lines) {
        world.judge().require(holds, holds ? "" : call + " " + rule + ": " + lines);
    }
}
