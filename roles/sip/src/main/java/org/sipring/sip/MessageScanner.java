package org.sipring.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a message's lines in one pass. Notes the first flaw and goes on, so that a refusal can be written. */
final class MessageScanner {
    static final int MOST_HEADERS = 256;

    private final List<HeaderLine> lines = new ArrayList<>(16);
    final Headers headers = new Headers(lines);

    @Nullable
    StartLine startLine;

    @Nullable
    Flaw flaw;

    int bodyStart;
    private final byte[] bytes;

    private MessageScanner(byte[] bytes) {
        this.bytes = bytes;
    }

    static MessageScanner scan(byte[] bytes) {
        MessageScanner scanner = new MessageScanner(bytes);
        scanner.run();
        return scanner;
    }

    private void run() {
        int start = skipLineEnds();
        int next = lineEnd(start, false);
        if (next < 0) {
            return;
        }
        StartLine.Reading reading = StartLine.read(new String(bytes, start, next - 2 - start, StandardCharsets.UTF_8));
        startLine = reading.line();
        flaw = reading.flaw();
        if (startLine != null) {
            headers(next);
        }
    }

    /** RFC 3261 section 7.5: empty lines before the start line are ignored. */
    private int skipLineEnds() {
        int at = 0;
        while (at + 1 < bytes.length && bytes[at] == '\r' && bytes[at + 1] == '\n') {
            at += 2;
        }
        return at;
    }

    private void headers(int from) {
        int at = from;
        while (!emptyLineAt(at)) {
            int next = lineEnd(at, true);
            if (next < 0 || lines.size() == MOST_HEADERS) {
                note(next < 0 ? "Header section does not end" : "Too many headers");
                bodyStart = bytes.length;
                return;
            }
            header(at, next);
            at = next;
        }
        bodyStart = at + 2;
    }

    private boolean emptyLineAt(int at) {
        return at + 1 < bytes.length && bytes[at] == '\r' && bytes[at + 1] == '\n';
    }

    /** The start of the next line, or -1. A line that begins with a blank continues the one before. */
    private int lineEnd(int from, boolean folding) {
        for (int at = from; at < bytes.length; at++) {
            byte c = bytes[at];
            if (c != '\r' && c != '\n') {
                continue;
            }
            if (c == '\n' || at + 1 == bytes.length || bytes[at + 1] != '\n') {
                // Neighbours that disagree on where a line ends can be talked past each other; an answer would copy it.
                flaw = Flaw.silent("CR or LF alone");
            } else if (!folding || at + 2 == bytes.length || !Ascii.blank(bytes[at + 2])) {
                return at + 2;
            } else {
                at++;
            }
        }
        return -1;
    }

    private void header(int start, int next) {
        int nameEnd = start;
        while (Ascii.token(bytes[nameEnd])) {
            nameEnd++;
        }
        int colon = nameEnd;
        while (Ascii.blank(bytes[colon])) {
            colon++;
        }
        if (nameEnd == start || bytes[colon] != ':') {
            note("Malformed header line");
        } else {
            lines.add(new HeaderLine(bytes, start, nameEnd, colon + 1, next));
        }
    }

    private void note(String reason) {
        if (flaw == null) {
            flaw = Flaw.bad(reason);
        }
    }
}
