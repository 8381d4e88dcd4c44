package org.sipring.overlay.member;

import com.hazelcast.core.Hazelcast;

/**
 * The classes that a member's message may name: Java's and Hazelcast's. Hazelcast makes objects of a class that a message
 * names, and filters only what is serialised Java; a {@code DataSerializable} passes beside that filter. Sipring's own
 * messages name no classes. Threads of Hazelcast have this loader as their context.
 */
final class NarrowClassLoader extends ClassLoader {
    private static final String HAZELCAST = "com.hazelcast.";

    NarrowClassLoader() {
        super(Hazelcast.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(HAZELCAST)) {
            return super.loadClass(name, resolve);
        }
        return ClassLoader.getPlatformClassLoader().loadClass(name);
    }
}
