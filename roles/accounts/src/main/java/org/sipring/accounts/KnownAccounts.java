package org.sipring.accounts;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Store;

/**
 * Documents of late and the accounts that were read from them, since each call asks for its callee's. Each document has one
 * place, and whoever comes next takes it. An account is known by its document to the byte, so that none is ever out of date.
 * Callable from any thread; never blocks.
 */
final class KnownAccounts {
    private static final int PLACES = 1 << 12;

    private record Known(byte[] document, Account account) {}

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    /** The account that a document holds, which is read where it is not known. */
    Account of(Store.Document document, Function<Store.Document, Account> reading) {
        int hash = document.key().hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Known known = places.get(place);
        if (known != null && Arrays.equals(known.document(), document.value())) {
            return known.account();
        }
        Account account = reading.apply(document);
        places.set(place, new Known(document.value(), account));
        return account;
    }
}
