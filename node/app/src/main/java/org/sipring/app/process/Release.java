package org.sipring.app.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which release this is. */
public final class Release {
    private Release() {}

    /**
     * The version as the build knows it.
     *
     * @return such as {@code 0.1.0-SNAPSHOT}
     */
    public static String version() {
        try (InputStream file = Release.class.getResourceAsStream("/org/sipring/app/release.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
