package org.sipring.provisioning.api;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client's half of digest authentication as RFC 7616 section 3.4 has it, written anew for the tests. */
final class Login {
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]*)\"");

    private final Platform.Client client;
    private final String user;
    private final String realm;
    private final String password;
    private String nonce = "";
    private int count;

    Login(Platform.Client client, String user, String realm, String password) {
        this.client = client;
        this.user = user;
        this.realm = realm;
        this.password = password;
    }

    /** Asks, is challenged where it has no nonce, and asks again. */
    HttpResponse<String> send(String method, String target, String body, String... fields) throws Exception {
        if (nonce.isEmpty()) {
            challenge(client.send(method, target, body, fields));
        }
        HttpResponse<String> reply = sendWith(++count, target, method, target, body, fields);
        if (reply.statusCode() == 401 && reply.headers().toString().contains("stale=true")) {
            challenge(reply);
            return sendWith(++count, target, method, target, body, fields);
        }
        return reply;
    }

    private void challenge(HttpResponse<String> reply) {
        List<String> challenges = reply.headers().allValues("WWW-Authenticate");
        Matcher found = NONCE.matcher(String.join("\n", challenges));
        if (!found.find()) {
            throw new AssertionError("no challenge: " + reply.statusCode() + " " + reply.body());
        }
        nonce = found.group(1);
        count = 0;
    }

    HttpResponse<String> sendWith(int nc, String uri, String method, String target, String body, String... fields)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("Authorization");
        all.add(credentials(nc, method, uri));
        return client.send(method, target, body, all.toArray(String[]::new));
    }

    private String credentials(int nc, String method, String uri) throws Exception {
        String hex = String.format("%08x", nc);
        String ha1 = sha256(user + ":" + realm + ":" + password);
        String ha2 = sha256(method + ":" + uri);
        String response = sha256(ha1 + ":" + nonce + ":" + hex + ":0a4f113b:auth:" + ha2);
        return "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", algorithm=SHA-256, qop=auth, nc=" + hex + ", cnonce=\"0a4f113b\", response=\"" + response + '"';
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
