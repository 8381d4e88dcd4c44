package org.sipring.proxy.registrar;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One phone of an address-of-record, as somebody named it by a GRUU.
 *
 * @param aor the address-of-record
 * @param phone which bindings are the phone's: those of all its flows
 * @param good whether it is still a GRUU, given the phone's live bindings
 */
public record Gruu(String aor, Predicate<Binding> phone, Predicate<List<Binding>> good) {
    /**
     * The phone's bindings. RFC 5627 section 6.1.
     *
     * @param live what is bound to the address-of-record now
     * @return those of the phone, perhaps none; empty when this is no GRUU any more
     */
    public Optional<List<Binding>> among(List<Binding> live) {
        return Optional.of(live.stream().filter(phone).toList()).filter(good);
    }
}
