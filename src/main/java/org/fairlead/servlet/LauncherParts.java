package org.fairlead.servlet;

import jakarta.servlet.ServletContext;
import org.fairlead.runtime.ListenerControl;

/** Objects that our own launcher leaves in the servlet context. */
final class LauncherParts {
    private LauncherParts() {}

    /** Its listeners; without a launcher, ones that do nothing. */
    static ListenerControl listeners(ServletContext context) {
        return context.getAttribute(ListenerControl.ATTRIBUTE) instanceof ListenerControl own
                ? own
                : ListenerControl.NONE;
    }
}
