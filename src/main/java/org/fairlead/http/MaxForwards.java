package org.fairlead.http;

import java.util.OptionalLong;

/** {@code Max-Forwards} (RFC 9110 7.6.2) and httpd's {@code ProxyMaxForwards}: for every method, as in httpd. */
public final class MaxForwards {
    private MaxForwards() {}

    /**
     * Counts one down, or adds the field where there is none.
     *
     * @param added what a request without the field gets; −1 = nothing
     * @return false if we are the last recipient of this TRACE or OPTIONS, so that the response is ours
     * @throws RefusedException 400 if it is no number, or is 0 and the method is another
     */
    public static boolean decrement(Headers headers, String method, int added) throws RefusedException {
        OptionalLong left = read(headers);
        if (left.isEmpty()) {
            if (added >= 0) {
                headers.set("Max-Forwards", Integer.toString(added));
            }
            return true;
        }
        if (left.getAsLong() > 0) {
            headers.set("Max-Forwards", Long.toString(left.getAsLong() - 1));
            return true;
        }
        if (method.equals("TRACE") || method.equals("OPTIONS")) {
            return false;
        }
        throw new RefusedException(400, "Max-Forwards is 0");
    }

    static OptionalLong read(Headers headers) throws RefusedException {
        int line = headers.indexOf("Max-Forwards", 0);
        if (line < 0) {
            return OptionalLong.empty();
        }
        String value = headers.value(line);
        boolean digits = !value.isEmpty() && value.length() <= 18;
        for (int i = 0; i < value.length(); i++) {
            digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        if (!digits || headers.indexOf("Max-Forwards", line + 1) >= 0) {
            throw new RefusedException(400, "Max-Forwards is no number");
        }
        return OptionalLong.of(Long.parseLong(value));
    }
}
