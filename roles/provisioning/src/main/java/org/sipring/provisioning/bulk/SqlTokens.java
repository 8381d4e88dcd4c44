package org.sipring.provisioning.bulk;

/** The words of SQL as mysqldump and pg_dump write it. Pure, for one thread. */
final class SqlTokens {
    private final String text;
    // As in MySQL; a dump of PostgreSQL turns it off.
    private boolean backslashEscapes = true;
    private int at;
    private int line = 1;

    SqlTokens(String text) {
        this.text = text;
    }

    /** What a word is. */
    enum Kind {
        WORD,
        NAME,
        STRING,
        SYMBOL,
        END
    }

    /**
     * A word.
     *
     * @param kind what it is; numbers are words
     * @param text without quotation marks, escapes resolved
     * @param line where it begins
     */
    record Token(Kind kind, String text, int line) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
        }
    }

    /** From here on a backslash in a string stands for itself, as in standard SQL. */
    void takeBackslashesAsTheyAre() {
        backslashEscapes = false;
    }

    Token next() throws UnreadableException {
        skipBlanks();
        if (at >= text.length()) {
            return new Token(Kind.END, "", line);
        }
        int begin = line;
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            return new Token(Kind.STRING, quoted(c, backslashEscapes), begin);
        }
        if (c == '`') {
            return new Token(Kind.NAME, quoted(c, false), begin);
        }
        return isWord(c)
                ? new Token(Kind.WORD, word(), begin)
                : new Token(Kind.SYMBOL, text.substring(at, ++at), begin);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || "_.+-$".indexOf(c) >= 0;
    }

    private String word() {
        int begin = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    // Blanks and comments. What MySQL alone reads, between /*! and */, is a comment to us.
    private void skipBlanks() throws UnreadableException {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                advance();
            } else if (text.startsWith("-- ", at) || text.startsWith("--\n", at) || text.charAt(at) == '#') {
                skipTo("\n", text.length());
            } else if (text.startsWith("/*", at)) {
                skipTo("*/", -1);
            } else {
                return;
            }
        }
    }

    private void skipTo(String end, int otherwise) throws UnreadableException {
        int found = text.indexOf(end, at);
        if (found < 0 && otherwise < 0) {
            throw new UnreadableException(line, "a comment is not closed");
        }
        int until = found < 0 ? otherwise : found + end.length();
        while (at < until) {
            advance();
        }
    }

    private char advance() {
        char c = text.charAt(at++);
        line += c == '\n' ? 1 : 0;
        return c;
    }

    private String quoted(char mark, boolean escapes) throws UnreadableException {
        StringBuilder value = new StringBuilder();
        int begin = line;
        advance();
        while (at < text.length()) {
            char c = advance();
            boolean doubled = c == mark && at < text.length() && text.charAt(at) == mark;
            if (c == mark && !doubled) {
                return value.toString();
            }
            if (doubled) {
                advance();
            }
            value.append(escapes && c == '\\' && at < text.length() ? unescape(advance()) : c);
        }
        throw new UnreadableException(begin, "a quotation mark is not closed");
    }

    // MySQL's reference manual, "String Literals".
    private static char unescape(char c) {
        return switch (c) {
            case '0' -> '\0';
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> '\032';
            default -> c;
        };
    }
}
