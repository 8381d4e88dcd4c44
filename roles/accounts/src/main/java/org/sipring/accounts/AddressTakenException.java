package org.sipring.accounts;

/** An address is another account's already. */
public final class AddressTakenException extends Exception {
    private static final long serialVersionUID = 1;

    /** Which address is whose. */
    AddressTakenException(String address, String owner) {
        super(address + " is an address of " + owner + " already: remove it there first");
    }
}
