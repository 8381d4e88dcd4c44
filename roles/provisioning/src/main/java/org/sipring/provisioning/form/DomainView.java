package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.sip.digest.DigestAlgorithm;

/** Shows a domain. Pure. */
public final class DomainView {
    private DomainView() {}

    /**
     * A domain that the store cannot change.
     *
     * @param hosted the domain
     * @return the document
     */
    public static ObjectNode of(HostedDomain hosted) {
        return of(new Domain(hosted.name(), hosted.algorithms(), hosted.enabled()), hosted);
    }

    /**
     * A domain of the store.
     *
     * @param domain as its operator wants it
     * @param hosted what comes of that
     * @return the document
     */
    public static ObjectNode of(Domain domain, HostedDomain hosted) {
        ObjectNode document = fields(domain);
        add(document.putArray("offered"), hosted.algorithms());
        return document.put("source", hosted.source().toString());
    }

    /**
     * What may be written of a domain.
     *
     * @param domain the domain
     * @return the document
     */
    public static ObjectNode fields(Domain domain) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("name", domain.name()).put("enabled", domain.enabled());
        add(document.putArray("algorithms"), domain.algorithms());
        return document;
    }

    /**
     * Adds what the domain's zone must say.
     *
     * @param view the domain
     * @param advice what its zone must say
     * @return the same document
     */
    public static ObjectNode advised(ObjectNode view, DnsAdvice advice) {
        ObjectNode dns = view.putObject("dns");
        advice.records().forEach(dns.putArray("records")::add);
        advice.secure().forEach(dns.putArray("secure")::add);
        return view;
    }

    private static void add(ArrayNode array, List<DigestAlgorithm> algorithms) {
        algorithms.forEach(algorithm -> array.add(algorithm.token()));
    }
}
