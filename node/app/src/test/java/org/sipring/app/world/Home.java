package org.sipring.app.world;

import org.sipring.api.Member;

/**
 * What outlives a node's processes.
 *
 * @param birth what its certificate and configuration say
 * @param disk what its manager remembers
 */
record Home(Member birth, Disk disk) {}
