package org.sipring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.api.View;

/** What every {@link Overlay} does on a platform of two nodes, {@code n1} and {@code n2}, while nothing fails. */
public abstract class OverlayContract {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final int MEBIBYTE = 1 << 20;

    private String subject = "";

    /** For subclasses. */
    protected OverlayContract() {}

    /**
     * The older node, {@code n1}. Both nodes have joined; tests may share them.
     *
     * @return its overlay
     */
    protected abstract Overlay elder();

    /**
     * The younger node, {@code n2}.
     *
     * @return its overlay
     */
    protected abstract Overlay younger();

    /**
     * Lets the platform run until a result is there.
     *
     * @param stage what is waited for
     * @param <T> the result's type
     * @return the result
     * @throws RuntimeException when the stage failed
     */
    protected abstract <T> T result(CompletionStage<T> stage);

    @BeforeEach
    final void useASubjectOfItsOwn(TestInfo test) {
        subject = test.getDisplayName();
    }

    @Test
    final void aNodeKnowsItself() {
        assertThat(elder().self()).isEqualTo(new NodeId("n1"));
        assertThat(seen(elder(), view -> view.member(new NodeId("n1")).isPresent()))
                .isNotNull();
    }

    @Test
    final void bothNodesSeeTheSameMembers() {
        View here = both(elder());
        View there = seen(younger(), view -> view.id() == here.id());

        assertThat(there.members()).isEqualTo(here.members());
        assertThat(there.platform()).isEqualTo(here.platform()).isNotEmpty();
    }

    @Test
    final void whoJoinedFirstIsOlder() {
        View view = both(younger());

        assertThat(rank(view, "n1")).isLessThan(rank(view, "n2"));
    }

    @Test
    final void whatANodeAnnouncesTheOthersSee() {
        younger().announce(NodeState.READY);
        seen(elder(), view -> shows(view, NodeState.READY));
        younger().announce(NodeState.DRAINING);
        seen(elder(), view -> shows(view, NodeState.DRAINING));
        seen(younger(), view -> shows(view, NodeState.DRAINING));
    }

    @Test
    final void whoIsToBeSparedTheOthersSee() {
        younger().announce(NodeState.READY);
        younger().spare(true);
        seen(elder(), view -> shows(view, NodeState.READY) && isBusy(view));
        seen(younger(), OverlayContract::isBusy);
        younger().spare(false);
        seen(elder(), view -> shows(view, NodeState.READY) && !isBusy(view));
    }

    private static boolean isBusy(View view) {
        return view.member(new NodeId("n2")).filter(Member::busy).isPresent();
    }

    @Test
    final void viewsAreToldInOrderAndTheNewestAtOnce() {
        List<Long> heard = new CopyOnWriteArrayList<>();
        elder().onView(view -> heard.add(view.seq()));
        assertThat(heard).isNotEmpty();

        for (NodeState state : List.of(NodeState.READY, NodeState.JOINING, NodeState.READY)) {
            younger().announce(state);
            seen(elder(), view -> shows(view, state));
        }
        assertThat(heard).isSorted().doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    final void aRequestIsAnsweredAndTheSenderIsKnown() {
        younger().handle(subject, (from, body) -> done(from + " said " + text(body)));

        assertThat(ask(elder(), "n2", "hello")).isEqualTo("n1 said hello");
    }

    @Test
    final void aNodeMayAskItself() {
        elder().handle(subject, (from, body) -> done(from + " said " + text(body)));

        assertThat(ask(elder(), "n1", "hello")).isEqualTo("n1 said hello");
    }

    @Test
    final void anAnswerMayComeLater() {
        CompletableFuture<byte[]> later = new CompletableFuture<>();
        younger().handle(subject, (from, body) -> later);
        CompletionStage<byte[]> answer = elder().request(new NodeId("n2"), subject, bytes("hello"), LIMIT);
        later.complete(bytes("at last"));

        assertThat(text(result(answer))).isEqualTo("at last");
    }

    @Test
    final void aRequestFailsWhereNobodyAnswersForItsSubject() {
        assertThatThrownBy(() -> ask(elder(), "n2", "hello")).isNotNull();
    }

    @Test
    final void aRequestToANodeThatIsNotThereFails() {
        assertThatThrownBy(() -> ask(elder(), "n99", "hello")).isNotNull();
    }

    @Test
    final void aRequestToASilentNodeFailsAfterItsLimit() {
        younger().handle(subject, (from, body) -> new CompletableFuture<>());

        assertThatThrownBy(() -> result(elder().request(new NodeId("n2"), subject, bytes("hello"), SOON)))
                .isNotNull();
    }

    @Test
    final void aHandlerThatFailsFailsTheRequest() {
        younger().handle(subject, (from, body) -> CompletableFuture.failedFuture(new IllegalStateException("no")));

        assertThatThrownBy(() -> ask(elder(), "n2", "hello")).isNotNull();
    }

    @Test
    final void aHandlerThatThrowsFailsTheRequest() {
        younger().handle(subject, (from, body) -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(() -> ask(elder(), "n2", "hello")).isNotNull();
    }

    @Test
    final void aOneWayMessageArrives() {
        CompletableFuture<String> arrived = new CompletableFuture<>();
        younger().handle(subject, (from, body) -> {
            arrived.complete(from + " said " + text(body));
            return done("");
        });
        elder().send(new NodeId("n2"), subject, bytes("hello"));

        assertThat(result(arrived)).isEqualTo("n1 said hello");
    }

    @Test
    final void aOneWayMessageToNobodyDoesNoHarm() {
        elder().send(new NodeId("n99"), subject, bytes("hello"));
        elder().send(new NodeId("n2"), subject, bytes("hello"));
    }

    @Test
    final void aMessageMayHaveOneMebibyte() {
        younger().handle(subject, (from, body) -> CompletableFuture.completedFuture(body));
        byte[] large = new byte[MEBIBYTE];
        large[MEBIBYTE - 1] = 7;

        assertThat(result(elder().request(new NodeId("n2"), subject, large, LIMIT)))
                .isEqualTo(large);
    }

    @Test
    final void tablesAreShared() {
        Table<String> here = elder().table(Journal.spec("overlay-contract"));
        Table<String> there = younger().table(Journal.spec("overlay-contract"));
        result(here.update("key", "add", bytes("hello"), "r1"));

        assertThat(result(there.get("key"))).contains("hello");
    }

    private String ask(Overlay from, String to, String words) {
        return text(result(from.request(new NodeId(to), subject, bytes(words), LIMIT)));
    }

    private View both(Overlay overlay) {
        return seen(overlay, view -> view.members().size() == 2);
    }

    private View seen(Overlay overlay, Predicate<View> wanted) {
        CompletableFuture<View> seen = new CompletableFuture<>();
        overlay.onView(view -> {
            if (wanted.test(view)) {
                seen.complete(view);
            }
        });
        return result(seen);
    }

    private static boolean shows(View view, NodeState state) {
        return view.member(new NodeId("n2"))
                .map(Member::state)
                .filter(state::equals)
                .isPresent();
    }

    private static long rank(View view, String node) {
        return view.member(new NodeId(node)).orElseThrow().rank();
    }

    private static CompletionStage<byte[]> done(String text) {
        return CompletableFuture.completedFuture(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
