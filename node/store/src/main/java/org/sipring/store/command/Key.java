package org.sipring.store.command;

/**
 * Which document.
 *
 * @param collection its collection
 * @param name its key there
 */
public record Key(String collection, String name) {}
