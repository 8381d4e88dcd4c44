package org.sipring.provisioning.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.provisioning.bulk.SqlTokens.Kind;
import org.sipring.provisioning.bulk.SqlTokens.Token;

/**
 * The table {@code subscriber} of Kamailio or OpenSIPS, as mysqldump writes it, or pg_dump with {@code --column-inserts}:
 * {@code INSERT} statements that name their columns, or stand behind the {@code CREATE TABLE} statement that does. A
 * {@code COPY} is refused, since its rows are no SQL; all other statements are passed over. Pure.
 */
final class SqlDump {
    private static final String TABLE = "subscriber";

    private final SqlTokens tokens;
    private final Consumer<Row> taker;
    private final Set<String> ignored = new TreeSet<>();
    private List<String> created = List.of();
    private Token now;

    private SqlDump(String text, Consumer<Row> taker) throws UnreadableException {
        this.taker = taker;
        tokens = new SqlTokens(text);
        now = tokens.next();
    }

    static Set<String> read(String text, Consumer<Row> taker) throws UnreadableException {
        SqlDump dump = new SqlDump(text, taker);
        while (dump.now.kind() != Kind.END) {
            dump.statement();
        }
        return dump.ignored;
    }

    private void statement() throws UnreadableException {
        if (now.is("CREATE")) {
            create();
        } else if (now.is("INSERT") || now.is("REPLACE")) {
            insert();
        } else if (now.is("SET")) {
            setting();
        } else if (now.is("COPY")) {
            throw new UnreadableException(
                    now.line(), "the rows of COPY are not read: dump with pg_dump --column-inserts --table=subscriber");
        }
        while (now.kind() != Kind.END && !now.is(";")) {
            step();
        }
        step();
    }

    private void step() throws UnreadableException {
        now = tokens.next();
    }

    // SET standard_conforming_strings = on, as pg_dump says before anything else: no backslash escapes anything then.
    private void setting() throws UnreadableException {
        step();
        boolean ofStrings = skip("standard_conforming_strings") && (skip("=") || skip("TO"));
        if (ofStrings && now.text().equalsIgnoreCase("on")) {
            tokens.takeBackslashesAsTheyAre();
        }
    }

    // CREATE TABLE [IF NOT EXISTS] `subscriber` ( `id` int ..., `username` ..., KEY ... )
    private void create() throws UnreadableException {
        step();
        if (!now.is("TABLE")) {
            return;
        }
        if (!table()) {
            return;
        }
        List<String> columns = new ArrayList<>();
        int depth = 0;
        boolean begins = false;
        while (now.kind() != Kind.END && !now.is(";")) {
            if (begins && depth == 1 && now.kind() == Kind.NAME) {
                columns.add(now.text());
            }
            depth += now.is("(") ? 1 : now.is(")") ? -1 : 0;
            begins = now.is("(") || now.is(",");
            step();
        }
        created = columns;
    }

    // Steps over the words before a table's name, and the name, with its schema's; false where it is another's.
    private boolean table() throws UnreadableException {
        do {
            step();
        } while (now.is("INTO") || now.is("IGNORE") || now.is("IF") || now.is("NOT") || now.is("EXISTS"));
        String name = now.text().substring(now.text().lastIndexOf('.') + 1);
        boolean wanted = name.equalsIgnoreCase(TABLE);
        if (wanted) {
            step();
        }
        return wanted;
    }

    // INSERT INTO `subscriber` [(`id`, ...)] VALUES (1, ...), (2, ...);
    private void insert() throws UnreadableException {
        int line = now.line();
        if (!table()) {
            return;
        }
        Columns columns = new Columns(now.is("(") ? names() : created);
        if (!columns.nameUsers()) {
            throw new UnreadableException(
                    line,
                    "what the values mean is not said: dump with mysqldump --complete-insert, or with its CREATE TABLE"
                            + " statement, or with pg_dump --column-inserts");
        }
        ignored.addAll(columns.ignored());
        expect("VALUES");
        do {
            int begin = now.line();
            List<String> values = values();
            if (values.size() != columns.count()) {
                throw new UnreadableException(begin, values.size() + " values for " + columns.count() + " columns");
            }
            taker.accept(columns.row(begin, values));
        } while (skip(","));
    }

    private List<String> names() throws UnreadableException {
        List<String> names = new ArrayList<>();
        do {
            step();
            names.add(now.text());
            step();
        } while (now.is(","));
        expect(")");
        return names;
    }

    private List<String> values() throws UnreadableException {
        List<String> values = new ArrayList<>();
        expect("(");
        do {
            @Nullable String value = value();
            values.add(value == null ? "" : value);
        } while (skip(","));
        expect(")");
        return values;
    }

    private @Nullable String value() throws UnreadableException {
        // Such as _binary 'text'.
        if (now.kind() == Kind.WORD && now.text().startsWith("_")) {
            step();
        }
        if (now.kind() != Kind.WORD && now.kind() != Kind.STRING) {
            throw new UnreadableException(now.line(), "a value is expected");
        }
        String value = now.is("NULL") ? null : now.text();
        step();
        return value;
    }

    private boolean skip(String symbol) throws UnreadableException {
        boolean there = now.is(symbol);
        if (there) {
            step();
        }
        return there;
    }

    private void expect(String word) throws UnreadableException {
        if (!skip(word)) {
            throw new UnreadableException(now.line(), "'" + word + "' is expected");
        }
    }
}
