package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** OpenSSL as a TLS client, which shows the certificate that it sees, and sends what a test types. */
final class Openssl implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path output;
    private final Process process;
    private int requests;

    /**
     * Starts a client.
     *
     * @param dir where it runs
     * @param words its command
     */
    Openssl(Path dir, List<String> words) {
        try {
            output = Files.createTempFile(dir, "openssl", ".out");
            process = new ProcessBuilder(new ArrayList<>(words))
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends an OPTIONS and waits until it is answered 200. */
    void asks() {
        byte[] request = options("TLS");
        send(request);
        answered();
    }

    /** Becomes a WebSocket (RFC 6455 section 4.1) for SIP, RFC 7118. */
    void upgrade() {
        send(
                """
                GET / HTTP/1.1
                Host: sipring.test
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Protocol: sip
                Sec-WebSocket-Version: 13

                """
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        says("HTTP/1.1 101 ");
        // Of the sample's key: RFC 6455 section 1.3.
        says("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    /** Sends an OPTIONS in a text frame, RFC 6455 section 5.2, and waits until it is answered 200. */
    void asksInAFrame() {
        byte[] request = options("WSS");
        byte[] noMask = new byte[4];
        send(ByteBuffer.allocate(8 + request.length)
                .put((byte) 0x81)
                .put((byte) (0x80 | 126))
                .putShort((short) request.length)
                .put(noMask)
                .put(request)
                .array());
        answered();
    }

    private byte[] options(String transport) {
        requests++;
        return """
                OPTIONS sip:sipring.test SIP/2.0
                Via: SIP/2.0/%s client.invalid;branch=z9hG4bK%d
                Max-Forwards: 70
                From: <sip:alice@sipring.test>;tag=a
                To: <sip:sipring.test>
                Call-ID: openssl
                CSeq: %d OPTIONS
                Content-Length: 0

                """
                .formatted(transport, requests, requests)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void answered() {
        String sequence = "CSeq: " + requests + " OPTIONS";
        Stopwatch.until(sequence, LIMIT, () -> said().split("SIP/2\\.0 200 OK", -1).length == requests + 1);
        says(sequence);
    }

    private void send(byte[] bytes) {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(said(), e);
        }
    }

    /** Waits until it has printed something. */
    Openssl says(String text) {
        Stopwatch.until(text, LIMIT, () -> said().contains(text));
        return this;
    }

    /** Whether the certificate that it sees, and trusts, is that of a name. */
    boolean trusts(String commonName) {
        says("Verify return code: 0 (ok)");
        return said().contains("subject=CN = " + commonName + "\n");
    }

    String said() {
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
