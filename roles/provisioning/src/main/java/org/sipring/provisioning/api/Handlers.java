package org.sipring.provisioning.api;

/**
 * Who answers.
 *
 * @param domains for domains
 * @param accounts for accounts one by one
 * @param bulk for many at once
 * @param tokens for tokens
 * @param audit for the audit log
 * @param backup for all documents at once
 * @param store for the nodes that keep them
 */
record Handlers(
        DomainRoutes domains,
        AccountRoutes accounts,
        BulkRoutes bulk,
        TokenRoutes tokens,
        AuditRoutes audit,
        BackupRoutes backup,
        StoreRoutes store) {}
