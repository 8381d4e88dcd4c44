package org.sipring.runtime.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a name, or an address without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:/\\s]+))(?::(\\d{1,5}))?");

    /**
     * Reads {@code host}, {@code host:port}, {@code [address]} or {@code [address]:port}.
     *
     * @param text what an operator wrote
     * @param usual the port where none is written
     * @return empty when it is malformed
     */
    public static Optional<HostPort> parse(String text, int usual) {
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        String host = found.group(1) == null ? found.group(2) : found.group(1);
        int port = found.group(3) == null ? usual : Integer.parseInt(found.group(3));
        return port < 1 || port > 65_535 ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
