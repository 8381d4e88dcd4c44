package org.sipring.api;

import java.util.Comparator;

/** The order of documents' keys: by code points, which is that of their bytes in UTF-8 and so that of a database. Pure. */
public final class KeyOrder {
    /** Unlike that of {@link String}, by which what takes two chars stands before some of what takes one. */
    public static final Comparator<String> BY_CODE_POINTS = KeyOrder::compare;

    private KeyOrder() {}

    private static int compare(String one, String other) {
        int both = Math.min(one.length(), other.length());
        for (int i = 0; i < both; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return Character.compare(place(one.charAt(i)), place(other.charAt(i)));
            }
        }
        return one.length() - other.length();
    }

    // Surrogates stand behind all other chars.
    private static char place(char unit) {
        if (unit >= Character.MAX_SURROGATE + 1) {
            return (char) (unit - (Character.MAX_SURROGATE + 1 - Character.MIN_SURROGATE));
        }
        return unit < Character.MIN_SURROGATE ? unit : (char) (unit + (Character.MAX_VALUE - Character.MAX_SURROGATE));
    }
}
