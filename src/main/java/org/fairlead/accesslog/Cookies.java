package org.fairlead.accesslog;

import java.util.Optional;

/** Finds one cookie as mod_log_config does: names without case, blanks around name and value dropped, quotes kept. */
final class Cookies {
    private Cookies() {}

    /** Empty where there is none of that name, or it has no value. */
    static Optional<String> value(String cookies, String name) {
        for (String cookie : cookies.split(";")) {
            int equals = cookie.indexOf('=');
            if (equals > 0
                    && equals + 1 < cookie.length()
                    && cookie.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return Optional.of(cookie.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }
}
