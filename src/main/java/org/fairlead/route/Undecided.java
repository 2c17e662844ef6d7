package org.fairlead.route;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fairlead.expression.EvaluationException;
import org.fairlead.http.LogText;
import org.fairlead.http.RefusedException;
import org.fairlead.model.Source;

/** The refusal where an expression cannot be decided: 500, and a line in the log, once for each source. */
final class Undecided {
    private static final System.Logger LOG = System.getLogger(Undecided.class.getName());
    private static final Set<Source> REPORTED = ConcurrentHashMap.newKeySet();

    private Undecided() {}

    /** @param source the position of the expression */
    static RefusedException refusal(Source source, EvaluationException cause) {
        tell(source, cause);
        return new RefusedException(500, source + ": " + cause.getMessage());
    }

    static void tell(Source source, EvaluationException cause) {
        if (REPORTED.add(source)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0}: an expression cannot be decided (told once): {1}",
                    source,
                    LogText.clean(cause.getMessage()));
        }
    }
}
