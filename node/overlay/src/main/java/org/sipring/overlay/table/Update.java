package org.sipring.overlay.table;

/**
 * A change asked of the owner of a key.
 *
 * @param table the table's name
 * @param rule the rule's name
 * @param argument for the rule; not to be modified
 * @param requestId names the change
 */
record Update(String table, String rule, byte[] argument, String requestId) {}
