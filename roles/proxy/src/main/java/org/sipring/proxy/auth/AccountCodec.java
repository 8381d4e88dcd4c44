package org.sipring.proxy.auth;

import java.nio.charset.StandardCharsets;
import org.sipring.api.Codec;

/** An account's document: a version byte, then the account's line of the accounts file. */
final class AccountCodec implements Codec<Account> {
    private static final byte VERSION = 1;

    @Override
    public byte[] encode(Account account) {
        byte[] line = AccountLine.write(account).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[line.length + 1];
        bytes[0] = VERSION;
        System.arraycopy(line, 0, bytes, 1, line.length);
        return bytes;
    }

    @Override
    public Account decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new IllegalArgumentException("an account of a newer format: update this release");
        }
        return AccountLine.read(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
    }
}
