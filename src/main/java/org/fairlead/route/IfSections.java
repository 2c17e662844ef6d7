package org.fairlead.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Variables;
import org.fairlead.http.RefusedException;
import org.fairlead.model.Choice;
import org.fairlead.model.Settings;

/**
 * {@code <If>}, {@code <ElseIf>} and {@code <Else>} sections of a host. Each combination of branches that any request
 * has taken is merged once, so that equal decisions give the same object. Thread-safe.
 */
final class IfSections {
    /** Clients choose the branches, so combinations beyond these are not kept. */
    private static final int MAX_CACHED_SETTINGS = 4096;

    private final Map<Taken, Settings> merged = new ConcurrentHashMap<>();

    /** The branches that were taken, one for each choice of some settings; the same objects each time. */
    private record Taken(Settings settings, List<Settings> branches) {
        @Override
        public boolean equals(Object other) {
            if (!(other instanceof Taken taken)
                    || taken.settings != settings
                    || taken.branches.size() != branches.size()) {
                return false;
            }
            for (int i = 0; i < branches.size(); i++) {
                if (taken.branches.get(i) != branches.get(i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            int hash = System.identityHashCode(settings);
            for (Settings branch : branches) {
                hash = 31 * hash + System.identityHashCode(branch);
            }
            return hash;
        }
    }

    /**
     * Returns the settings merged with those of the branches taken for this request: the choices of all sections in
     * order, then those inside of them.
     *
     * @throws RefusedException 500 if a condition cannot be decided, since neither side would be safe
     */
    Settings decide(Settings settings, Variables variables, DecisionTrace trace) throws RefusedException {
        Settings decided = settings;
        while (!decided.choices().isEmpty()) {
            List<Settings> branches = new ArrayList<>(decided.choices().size());
            for (Choice choice : decided.choices()) {
                branches.add(chosen(choice, variables, trace));
            }
            decided = merged(new Taken(decided, branches));
        }
        return decided;
    }

    private Settings merged(Taken taken) {
        Settings known = merged.get(taken);
        if (known != null) {
            return known;
        }
        Settings over = Settings.NONE;
        for (Settings branch : taken.branches()) {
            over = over.merge(branch);
        }
        Settings made = taken.settings().decided().merge(over);
        if (merged.size() >= MAX_CACHED_SETTINGS) {
            return made;
        }
        Settings before = merged.putIfAbsent(taken, made);
        return before == null ? made : before;
    }

    private static String told(Choice.Branch branch) {
        return branch.condition().isEmpty()
                ? "<Else>: none before it holds"
                : "<If \"" + branch.condition() + "\">: holds";
    }

    private static Settings chosen(Choice choice, Variables variables, DecisionTrace trace) throws RefusedException {
        for (Choice.Branch branch : choice.branches()) {
            try {
                if (branch.condition().isEmpty()
                        || ExpressionCache.condition(branch.condition()).test(variables)) {
                    if (trace.isOn()) {
                        trace.say(branch.source(), told(branch));
                    }
                    return branch.settings();
                }
            } catch (EvaluationException e) {
                throw Undecided.refusal(branch.source(), e);
            }
        }
        return Settings.NONE;
    }
}
