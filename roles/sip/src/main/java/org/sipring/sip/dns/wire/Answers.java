package org.sipring.sip.dns.wire;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipring.sip.locate.Answer;
import org.sipring.sip.locate.Question;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Reads dnsjava's messages. Pure. */
final class Answers {
    // A message holds thousands of addresses, and a memory thousands of answers.
    private static final int MOST_RECORDS = 64;

    private Answers() {}

    static int type(Question.Kind kind) {
        return switch (kind) {
            case NAPTR -> Type.NAPTR;
            case SRV -> Type.SRV;
            case A -> Type.A;
            case AAAA -> Type.AAAA;
        };
    }

    /** What an answer says; the records of aliases on the way (CNAME) count for how long it may be remembered. */
    static Answer read(Message message) {
        List<Record> records = message.getSection(Section.ANSWER);
        int type = Objects.requireNonNull(message.getQuestion()).getType();
        List<Answer.Entry> entries = records.stream()
                .filter(record -> record.getType() == type)
                .flatMap(record -> entry(record).stream())
                .limit(MOST_RECORDS)
                .toList();
        Stream<Record> told = entries.isEmpty() ? Stream.empty() : records.stream();
        return new Answer(
                entries, Duration.ofSeconds(told.mapToLong(Record::getTTL).min().orElseGet(() -> nothing(message))));
    }

    /** RFC 2308 section 5; without a SOA nobody says that it may be remembered that there is nothing. */
    private static long nothing(Message message) {
        return message.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .mapToLong(soa -> Math.min(soa.getTTL(), soa.getMinimum()))
                .min()
                .orElse(0);
    }

    private static Optional<Answer.Entry> entry(Record record) {
        if (record instanceof NAPTRRecord naptr) {
            return Optional.of(new Answer.Naptr(
                    naptr.getOrder(),
                    naptr.getPreference(),
                    naptr.getFlags(),
                    naptr.getService(),
                    text(naptr.getReplacement())));
        }
        if (record instanceof SRVRecord srv) {
            return Optional.of(
                    new Answer.Srv(srv.getPriority(), srv.getWeight(), srv.getPort(), text(srv.getTarget())));
        }
        if (record instanceof ARecord a) {
            return Optional.of(new Answer.Address(a.getAddress()));
        }
        return record instanceof AAAARecord aaaa
                ? Optional.of(new Answer.Address(aaaa.getAddress()))
                : Optional.empty();
    }

    private static String text(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true);
    }
}
