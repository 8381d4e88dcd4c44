package org.sipring.runtime.settings;

/**
 * How the platform's accounts and other documents are kept.
 *
 * @param durable whether they are kept on disks; else each node has its own in memory
 * @param port where the other replicas connect, mutual TLS
 */
public record StoreSettings(boolean durable, int port) {
    static StoreSettings read(Section section) {
        return new StoreSettings(section.flag("durable"), section.port("port"));
    }
}
