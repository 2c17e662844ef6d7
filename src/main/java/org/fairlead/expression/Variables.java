package org.fairlead.expression;

/**
 * The variables of an expression: of one request, or of one response to a probe. Called on the evaluating thread, any
 * number of times. Texts are ISO-8859-1, one char for each byte. An unknown or absent value is the empty string, as in
 * httpd.
 */
public interface Variables {
    /**
     * The value of {@code %{NAME}}.
     *
     * @param name one of httpd's names in upper case, or one that begins with {@code SSL_}
     */
    String variable(String name);

    /**
     * The value of a function that looks something up.
     *
     * @param key as written; what it is compared with decides whether case counts
     */
    String lookup(Table table, String key);

    /** Where a function looks. */
    enum Table {
        /** {@code req}, {@code http}, {@code req_novary}: the request's fields, several lines joined by a comma. */
        REQUEST_HEADER,
        /** {@code resp}: the first line of this name in the response. */
        RESPONSE_HEADER,
        /** {@code reqenv}: the request's environment. */
        ENVIRONMENT,
        /** {@code note}: httpd's request notes. */
        NOTE,
        /** {@code osenv}: the environment of this process. */
        PROCESS_ENVIRONMENT,
        /** {@code hc('body')}: the body of a probe's response. */
        PROBE
    }
}
