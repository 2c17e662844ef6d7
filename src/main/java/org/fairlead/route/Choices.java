package org.fairlead.route;

import org.fairlead.exchange.RefusedException;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Variables;
import org.fairlead.model.Choice;
import org.fairlead.model.Settings;

/** {@code <If>}, {@code <ElseIf>} and {@code <Else>} for one request. */
public final class Choices {
    private Choices() {}

    /**
     * Returns the settings with what holds for this request put over them: the choices of all sections in order, then
     * those inside of them.
     *
     * @throws RefusedException 500 if a condition cannot be decided, since neither side would be safe
     */
    public static Settings decide(Settings settings, Variables variables) throws RefusedException {
        Settings decided = settings;
        while (!decided.choices().isEmpty()) {
            Settings over = Settings.NONE;
            for (Choice choice : decided.choices()) {
                over = over.merge(chosen(choice, variables));
            }
            decided = decided.decided().merge(over);
        }
        return decided;
    }

    private static Settings chosen(Choice choice, Variables variables) throws RefusedException {
        for (Choice.Branch branch : choice.branches()) {
            try {
                if (branch.condition().isEmpty()
                        || Parsed.condition(branch.condition()).test(variables)) {
                    return branch.settings();
                }
            } catch (EvaluationException e) {
                throw Undecided.refusal(branch.source(), e);
            }
        }
        return Settings.NONE;
    }
}
