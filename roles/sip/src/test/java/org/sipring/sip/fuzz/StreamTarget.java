package org.sipring.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.sipring.sip.Frame;
import org.sipring.sip.ParseResult;
import org.sipring.sip.StreamFramer;

/** Any bytes as a stream, cut anyhow: the same messages, pings and refusals come out as of the uncut stream. */
public final class StreamTarget {
    private static final int MOST_BYTES = 1_024;
    private static final int LONGEST_CUT = 64;

    private StreamTarget() {}

    /** Called by Jazzer. The first byte says how the others are cut. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            Random random = new Random(input[0]);
            int longest = 1 + random.nextInt(LONGEST_CUT);
            List<String> cut = new ArrayList<>();
            StreamFramer framer = new StreamFramer(MOST_BYTES);
            for (int at = 1; at < input.length; ) {
                int length = Math.min(input.length - at, 1 + random.nextInt(longest));
                cut.addAll(frames(framer, input, at, length));
                assertThat(framer.held()).isLessThanOrEqualTo(2 * MOST_BYTES + LONGEST_CUT);
                at += length;
            }
            assertThat(cut).isEqualTo(frames(new StreamFramer(MOST_BYTES), input, 1, input.length - 1));
        }
    }

    private static List<String> frames(StreamFramer framer, byte[] bytes, int from, int length) {
        framer.feed(ByteBuffer.wrap(bytes, from, length));
        List<String> frames = new ArrayList<>();
        for (Optional<Frame> next = framer.next(); next.isPresent(); next = framer.next()) {
            // The first half of a ping may show as a pong.
            if (!(next.get() instanceof Frame.Pong)) {
                frames.add(shown(next.get()));
            }
        }
        return frames;
    }

    private static String shown(Frame frame) {
        if (frame instanceof Frame.Message message) {
            return shown(message.result());
        }
        return frame instanceof Frame.Broken broken ? "broken " + shown(broken.verdict()) : frame.toString();
    }

    private static String shown(ParseResult result) {
        if (result instanceof ParseResult.Parsed parsed) {
            return parsed.message().toString();
        }
        return result instanceof ParseResult.Bad bad
                ? bad.status() + " " + bad.reason() + " to " + bad.request().topVia()
                : result.toString();
    }
}
