package org.sipring.runtime.settings;

/**
 * Where accounts are administrated.
 *
 * @param port HTTPS
 */
public record ProvisioningSettings(int port) {
    /** The default, where commands ask nodes that are named without a port. */
    public static final int PORT = 9443;

    static ProvisioningSettings read(Section section) {
        return new ProvisioningSettings(section.port("port"));
    }
}
