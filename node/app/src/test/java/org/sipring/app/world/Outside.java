package org.sipring.app.world;

import java.util.List;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.api.Store;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.store.MemoryStore;

/**
 * What a node meets apart from other nodes.
 *
 * @param primary the name server
 * @param wires the network that phones are on
 * @param store the accounts, as every node has them from the operator
 * @param ledger what nodes write of calls
 */
record Outside(NameServer primary, Wires wires, Store store, Ledger ledger) {
    static Outside of(NameServer primary, Wires wires) {
        MemoryStore store = new MemoryStore();
        List<Account> accounts = Phones.USERS.stream()
                .map(user -> Account.of(user + "@sipring.test", Phone.PASSWORD, List.of(DigestAlgorithm.MD5)))
                .toList();
        new Accounts(store).put(accounts).toCompletableFuture().join();
        return new Outside(primary, wires, store, new Ledger());
    }
}
