package org.fairlead.engine;

import java.util.ArrayList;
import java.util.List;
import org.fairlead.exchange.DecisionTrace;

/** A decision trace in memory. Bounded, since rules that loop could else fill it without end. */
public final class TraceLines implements DecisionTrace {
    /** The most lines that are kept. */
    public static final int MAX_LINES = 1000;

    private final List<Explanation.Line> lines = new ArrayList<>();
    private String phase = "";
    private boolean cut;

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public void phase(String name) {
        phase = name;
    }

    @Override
    public void say(Object source, String said) {
        if (lines.size() < MAX_LINES) {
            lines.add(new Explanation.Line(phase, source.toString(), said));
        } else if (!cut) {
            cut = true;
            lines.add(new Explanation.Line(phase, source.toString(), "… further lines are left out"));
        }
    }

    /** The lines recorded so far, in order. */
    public List<Explanation.Line> lines() {
        return List.copyOf(lines);
    }
}
