package org.sipring.sip.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.sipring.sip.locate.Answer;
import org.xbill.DNS.Message;

/** Any bytes as a name server's answer: refused as malformed, or read into few entries that make sense. */
public final class AnswersTarget {
    private static final int MOST_ENTRIES = 64;

    private AnswersTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Message message;
        try {
            message = new Message(input);
        } catch (IOException malformed) {
            return;
        }
        // The resolver drops an answer that repeats no question.
        if (message.getQuestion() != null) {
            Answer answer = Answers.read(message);
            assertThat(answer.records()).hasSizeLessThanOrEqualTo(MOST_ENTRIES);
            assertThat(answer.ttl().isNegative()).isFalse();
        }
    }
}
