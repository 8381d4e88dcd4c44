package org.sipring.app.world;

import java.util.function.Consumer;

/** Hears the first of several things. */
final class Once<T> implements Consumer<T> {
    private final Consumer<T> listener;
    private boolean heard;

    Once(Consumer<T> listener) {
        this.listener = listener;
    }

    @Override
    public void accept(T value) {
        if (!heard) {
            heard = true;
            listener.accept(value);
        }
    }
}
