package org.sipring.provisioning.api;

import java.util.concurrent.CompletionStage;

/**
 * A route of the API.
 *
 * @param method of the requests
 * @param template of their paths, such as {@code /v1/domains/{domain}}
 * @param access who may
 * @param action its name in the audit log and in the OpenAPI document
 * @param handler what becomes of a call
 */
record Route(String method, String template, Access access, String action, Handler handler) {
    /** Who may use a route. */
    enum Access {
        /** Everybody: there is nothing about anybody. */
        ANYBODY,
        /** Operators, and the subscriber of the account that the path names. */
        OWNER,
        /** Operators. */
        OPERATOR,
        /** Operators who show a certificate: a token is too easily lost for all secrets at once. */
        CERTIFICATE
    }

    /** Answers calls. Must not block. */
    @FunctionalInterface
    interface Handler {
        CompletionStage<Done> answer(Call call);
    }

    /** Whether it may change something. */
    boolean changes() {
        return !method.equals("GET");
    }

    /** Whether it goes into the audit log: what changes something, and who has taken all secrets away. */
    boolean noted() {
        return changes() || action.equals(Routes.EXPORT) || action.equals(Routes.BACKUP);
    }
}
