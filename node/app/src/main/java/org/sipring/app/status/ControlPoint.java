package org.sipring.app.status;

import java.nio.file.Path;

/**
 * Where a node takes commands.
 *
 * @param authority its {@code address:port}
 * @param key the file with what a command must show
 */
public record ControlPoint(String authority, Path key) {}
