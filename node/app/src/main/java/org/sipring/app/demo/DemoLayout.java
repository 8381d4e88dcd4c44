package org.sipring.app.demo;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.sipring.api.NodeId;

/**
 * Where a demo platform keeps its files.
 *
 * @param dir the folder given by {@code --dir}
 */
record DemoLayout(Path dir) {
    /** For files with the accounts' passwords. */
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    DemoLayout {
        dir = dir.toAbsolutePath().normalize();
    }

    /** The private CA. */
    Path ca() {
        return dir.resolve("ca");
    }

    /** A node's identity folder; its data and its configuration lie in it too. */
    Path identity(NodeId node) {
        return dir.resolve("nodes").resolve(node.value());
    }

    /** The identity of whoever administrates the demo. */
    Path operator() {
        return dir.resolve("operator");
    }

    /** A node's configuration. */
    Path config(NodeId node) {
        return identity(node).resolve("sipring.conf");
    }

    /** Settings of the user's own for all nodes, where there are any. */
    Path settings() {
        return dir.resolve("nodes.conf");
    }

    /** The logs of all child processes. */
    Path logs() {
        return dir.resolve("logs");
    }

    /** What a child process prints. */
    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** What the garbage collector of a node under load did. */
    Path collections(NodeId node) {
        return logs().resolve(node + "-gc.log");
    }

    /** The accounts as every node reads them. */
    Path accounts() {
        return dir.resolve("accounts");
    }

    /** The accounts' passwords in clear, for the demo's screen and {@code demo.json} alone. */
    Path passwords() {
        return dir.resolve("passwords");
    }

    /** The key that signs DNS updates. */
    Path tsig() {
        return dir.resolve("dns").resolve("tsig.key");
    }

    /** Where the name server keeps its zone. */
    Path zone() {
        return dir.resolve("dns").resolve("zone");
    }

    /** What other programs read. */
    Path json() {
        return dir.resolve("demo.json");
    }

    /** Where {@code start-node} leaves its wishes. */
    Path requests() {
        return dir.resolve("requests");
    }

    /** Held locked by the running demo; contains its process id. */
    Path lock() {
        return dir.resolve("demo.lock");
    }

    /** The process ids of the children, so that a later demo can end what a killed one left behind. */
    Path pids() {
        return dir.resolve("pids");
    }
}
