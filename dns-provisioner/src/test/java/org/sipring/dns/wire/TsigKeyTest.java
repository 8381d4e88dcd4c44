package org.sipring.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.testkit.SimChance;

class TsigKeyTest {
    private static final String SECRET = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

    @TempDir
    private Path folder;

    private Path file(String content, String mode) throws IOException {
        Path file = folder.resolve("tsig.key");
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void whatIsWrittenIsReadBackAndOpenToNobodyElse() throws IOException {
        Path file = folder.resolve("new.key");
        TsigKey key = TsigKey.generate("Sipring.Test", new SimChance(1));
        key.write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        TsigKey again = TsigKey.read(file);
        assertThat(again.name()).isEqualTo(key.name());
        assertThat(again.secret()).isEqualTo(key.secret());
        assertThat(again.secret().getEncoded()).hasSize(32);
    }

    @Test
    void anExistingKeyIsNeverOverwritten() throws IOException {
        Path file = file("precious", "rw-------");
        assertThatThrownBy(() -> TsigKey.generate("a", new SimChance(1)).write(file))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void theSecretIsNotShown() {
        TsigKey key = TsigKey.generate("sipring", new SimChance(1));
        assertThat(key).hasToString("TSIG key sipring");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key \"sipring\" { algorithm hmac-sha256; secret \"%s\"; };",
                "key sipring. {secret %s;algorithm \"HMAC-SHA256\";};",
                "/* made today */ key \"sipring\" { # ours\n algorithm hmac-sha256; // good\n secret \"%s\"; };",
                "// one\n// two\nkey sipring {\n\talgorithm hmac-sha256;\n\tsecret %s;\n};\n# end\n"
            })
    void bindsFormsAreRead(String form) throws IOException {
        TsigKey key = TsigKey.read(file(form.formatted(SECRET), "rw-------"));
        assertThat(key.name()).isEqualTo("sipring");
        assertThat(key.secret().getEncoded()).asString().isEqualTo("12345678901234567890123456789012");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"key a { algorithm hmac-sha256; secret \"%s\"; };", "key a{algorithm hmac-sha256;secret %s;};"})
    void aSecretMayHoldSlashes(String form) throws IOException {
        String secret = "AA//////////////////////////////////////////";
        assertThat(TsigKey.read(file(form.formatted(secret), "rw-------"))
                        .secret()
                        .getEncoded())
                .hasSize(33);
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----,chmod 600", "rw----r--,chmod 600", "rw--w----,chmod 600"})
    void aFileOpenToOthersIsRefused(String mode, String advice) throws IOException {
        Path file = file("key a { algorithm hmac-sha256; secret " + SECRET + "; };", mode);
        assertThatThrownBy(() -> TsigKey.read(file)).hasMessageContaining(advice + " " + file);
    }

    @Test
    void aMissingFileIsSaidWithWhatToDo() {
        assertThatThrownBy(() -> TsigKey.read(folder.resolve("no.key")))
                .hasMessageContaining("no.key is missing")
                .hasMessageContaining("write one with: sipring dns key FILE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "nonsense                                                      | not one TSIG key",
                "key a { algorithm hmac-sha256; };                             | no secret",
                "key a { secret MTIzNDU2Nzg5MDEyMzQ1Ng==; };                   | no algorithm",
                "key a { algorithm hmac-md5; secret MTIzNDU2Nzg5MDEyMzQ1Ng==; }; | hmac-md5 is not supported",
                "key a { algorithm hmac-sha256; secret a=bc; };                | not in base64",
                "key a { algorithm hmac-sha256; secret c2hvcnQ=; };            | fewer than 128",
                "key a..b { algorithm hmac-sha256; secret MTIzNDU2Nzg5MDEyMzQ1Ng==; }; | not a domain name"
            })
    void whatIsNoGoodKeyIsRefusedByName(String content, String why) throws IOException {
        Path file = file(content, "rw-------");
        assertThatThrownBy(() -> TsigKey.read(file)).hasMessageContaining(why).hasMessageContaining(file.toString());
    }
}
