package org.sipring.overlay.forming;

/**
 * How to start Hazelcast.
 *
 * @param platform the platform id
 * @param form whether this node forms the cluster; else it joins one
 */
public record Entry(String platform, boolean form) {}
