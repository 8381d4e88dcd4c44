package org.sipring.provisioning.api;

import static org.sipring.provisioning.api.Route.Access.ANYBODY;
import static org.sipring.provisioning.api.Route.Access.CERTIFICATE;
import static org.sipring.provisioning.api.Route.Access.OPERATOR;
import static org.sipring.provisioning.api.Route.Access.OWNER;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.sipring.http.HttpReply;

/** The whole API on one screen. {@code openapi.json} says the same to others. */
final class Routes {
    static final String DOCUMENT = "openapi.json";
    static final String IMPORT = "accounts.import";
    static final String EXPORT = "accounts.export";
    static final String BACKUP = "backup.get";
    static final String RESTORE = "restore.post";

    private static final String DOMAINS = "/v1/domains";
    private static final String DOMAIN = DOMAINS + "/{domain}";
    private static final String ACCOUNTS = DOMAIN + "/accounts";
    private static final String ACCOUNT = ACCOUNTS + "/{user}";
    private static final String TOKENS = "/v1/tokens";
    private static final String TOKEN = TOKENS + "/{name}";

    private Routes() {}

    static List<Route> of(Handlers handlers) {
        DomainRoutes domains = handlers.domains();
        AccountRoutes accounts = handlers.accounts();
        TokenRoutes tokens = handlers.tokens();
        byte[] document = document();
        return List.of(
                new Route(
                        "GET", "/v1/openapi.json", ANYBODY, "openapi.get", call -> Done.now(HttpReply.json(document))),
                new Route("GET", DOMAINS, OPERATOR, "domains.list", domains::list),
                new Route("GET", DOMAIN, OPERATOR, "domain.get", domains::get),
                new Route("PUT", DOMAIN, OPERATOR, "domain.put", domains::put),
                new Route("PATCH", DOMAIN, OPERATOR, "domain.patch", domains::patch),
                new Route("DELETE", DOMAIN, OPERATOR, "domain.delete", domains::delete),
                new Route("GET", ACCOUNTS, OPERATOR, "accounts.list", accounts::list),
                new Route("GET", ACCOUNT, OWNER, "account.get", accounts::get),
                new Route("PUT", ACCOUNT, OWNER, "account.put", accounts::put),
                new Route("PATCH", ACCOUNT, OWNER, "account.patch", accounts::patch),
                new Route("DELETE", ACCOUNT, OPERATOR, "account.delete", accounts::delete),
                new Route("POST", DOMAIN + "/import", OPERATOR, IMPORT, handlers.bulk()::take),
                new Route("GET", DOMAIN + "/export", OPERATOR, EXPORT, handlers.bulk()::give),
                new Route("GET", TOKENS, OPERATOR, "tokens.list", tokens::list),
                new Route("PUT", TOKEN, OPERATOR, "token.put", tokens::put),
                new Route("DELETE", TOKEN, OPERATOR, "token.delete", tokens::delete),
                new Route("GET", "/v1/audit", OPERATOR, "audit.list", handlers.audit()::list),
                new Route("GET", "/v1/backup", CERTIFICATE, BACKUP, handlers.backup()::give),
                new Route("POST", "/v1/restore", CERTIFICATE, RESTORE, handlers.backup()::take),
                new Route("POST", "/v1/store/replace", OPERATOR, "store.replace", handlers.store()::replace));
    }

    private static byte[] document() {
        try (InputStream in = Routes.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException(DOCUMENT + " is not in this program: build it anew");
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
