package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages in a stream: RFC 3261 section 18.3. */
class StreamFramerTest {
    private static final String ONE = Messages.invite("Content-Length: 5\n") + "12345";
    private static final String TWO = Messages.invite("l:0\n");

    private final StreamFramer framer = new StreamFramer(4096);

    private List<Frame> feed(byte[] bytes) {
        framer.feed(ByteBuffer.wrap(bytes));
        List<Frame> frames = new ArrayList<>();
        for (Optional<Frame> next = framer.next(); next.isPresent(); next = framer.next()) {
            frames.add(next.get());
        }
        return frames;
    }

    private List<Frame> feed(String text) {
        return feed(Messages.bytes(text));
    }

    private static SipMessage message(Frame frame) {
        return ((ParseResult.Parsed) ((Frame.Message) frame).result()).message();
    }

    @Test
    void cutsMessagesByTheirContentLength() {
        List<Frame> frames = feed(ONE + TWO + ONE);
        assertThat(frames).hasSize(3);
        assertThat(message(frames.get(0)).body()).asString().isEqualTo("12345");
        assertThat(message(frames.get(1)).body()).isEmpty();
    }

    /** RFC 3261 sections 7.5 and 18.3. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cutsAlikeHoweverTheBytesArrive(long seed) {
        Random random = new Random(seed);
        byte[] bytes = Messages.bytes(ONE + "\n\n" + TWO + "\n" + ONE);
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int next = Math.min(bytes.length, at + 1 + random.nextInt(9));
            frames.addAll(feed(Arrays.copyOfRange(bytes, at, next)));
            at = next;
        }
        assertThat(frames.stream().filter(Frame.Message.class::isInstance)).hasSize(3);
        assertThat(frames.stream().filter(Frame.Ping.class::isInstance)).hasSize(1);
    }

    /** RFC 5626 section 3.5.1. */
    @Test
    void showsAPingAndAPong() {
        assertThat(feed("\n\n")).containsExactly(new Frame.Ping());
        assertThat(feed("\n")).containsExactly(new Frame.Pong());
        assertThat(feed("\n")).containsExactly(new Frame.Ping());
        assertThat(feed("\n" + TWO)).hasSize(2).first().isEqualTo(new Frame.Pong());
    }

    @Test
    void goesOnAfterABadMessage() {
        List<Frame> frames = feed(ONE.replace("314159 INVITE", "x INVITE") + ONE);
        assertThat(((Frame.Message) frames.get(0)).result()).isInstanceOf(ParseResult.Bad.class);
        assertThat(message(frames.get(1)).method()).isEqualTo("INVITE");
    }

    /** RFC 3261 sections 18.3 and 20.14. */
    @Test
    void breaksOffWithoutContentLength() {
        List<Frame> frames = feed(Messages.invite("") + ONE);
        assertThat(frames).hasSize(1);
        ParseResult.Bad verdict = (ParseResult.Bad) ((Frame.Broken) frames.get(0)).verdict();
        assertThat(verdict.status()).isEqualTo(400);
        assertThat(feed(ONE)).isEmpty();
    }

    /** RFC 3261 section 20.14. */
    @Test
    void breaksOffOverTwoContentLengths() {
        assertThat(feed(Messages.invite("Content-Length: 0\nl: 5\n") + "12345").get(0))
                .isInstanceOf(Frame.Broken.class);
    }

    /** RFC 3261 section 21.5.7. */
    @Test
    void answers513ToAMessageTooLongBeforeItHasArrived() {
        List<Frame> frames = feed(Messages.invite("Content-Length: 999999999999\n"));
        assertThat(((ParseResult.Bad) ((Frame.Broken) frames.get(0)).verdict()).status())
                .isEqualTo(513);
    }

    @Test
    void breaksOffOverAHeaderSectionThatNeverEnds() {
        List<Frame> frames = feed("X".repeat(5000));
        assertThat(((Frame.Broken) frames.get(0)).verdict()).isInstanceOf(ParseResult.Junk.class);
    }

    /** RFC 3261 section 21.5.7. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5_000})
    void aHeaderSectionTooLongIsJudgedAlikeHoweverItArrives(int chunk) {
        byte[] bytes = Messages.bytes(Messages.invite("Content-Length: 0\nl: 0\nSubject: " + "x".repeat(4_000) + "\n"));
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunk) {
            frames.addAll(feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk))));
        }
        assertThat(((ParseResult.Bad) ((Frame.Broken) frames.get(0)).verdict()).status())
                .isEqualTo(513);
    }

    @Test
    void breaksOffOverAnotherProtocol() {
        byte[] http = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(feed(http).get(0)).isInstanceOf(Frame.Broken.class);
    }
}
