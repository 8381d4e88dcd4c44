package org.sipring.provisioning.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An account as somebody has written it among others.
 *
 * @param line where it stands
 * @param user the user name; empty where it is missing
 * @param domain the domain, in lower case; empty where it is not said
 * @param form what is said of it, in the fields of an account's document
 */
public record Row(int line, String user, String domain, ObjectNode form) {}
