package org.sipring.testkit;

/**
 * A change on its way to the owner of a key.
 *
 * @param id the same for a repeat
 * @param rule the rule's name
 * @param argument for the rule
 */
record SimRequest(String id, String rule, byte[] argument) {}
