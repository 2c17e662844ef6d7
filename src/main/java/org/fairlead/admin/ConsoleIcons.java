package org.fairlead.admin;

import java.util.Map;

/** Icons beside words, so that colour is never the only sign; drawn as SVG, because fonts differ. */
final class ConsoleIcons {
    private static final Map<String, String> PATHS = Map.of(
            "check", "<path d=\"M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.6 5.2-4.3 4.7-2.9-2.6 1-1.1 1.8 1.6 3.3-3.6z\"/>",
            "cross",
                    "<path d=\"M5 1h6l4 4v6l-4 4H5l-4-4V5zm.9 3.8L4.8 5.9 6.9 8l-2.1 2.1 1.1 1.1L8 9.1l2.1 2.1"
                            + " 1.1-1.1L9.1 8l2.1-2.1-1.1-1.1L8 6.9z\"/>",
            "warn", "<path d=\"M8 1 0 15h16zm-.9 5h1.8l-.2 4.5H7.3zM7.1 11.5h1.8v1.7H7.1z\"/>",
            "down", "<path d=\"M1 3h14L8 14z\"/>",
            "square", "<path d=\"M2 2h12v12H2z\"/>",
            "diamond", "<path d=\"M8 1l7 7-7 7-7-7zm0 3L4 8l4 4 4-4z\"/>",
            "dot", "<path d=\"M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3z\"/>",
            "part", "<path d=\"M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 2v5h5a5 5 0 1 1-5-5z\"/>",
            "info", "<path d=\"M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM7 4h2v2H7zm0 3h2v5H7z\"/>");

    private ConsoleIcons() {}

    static String icon(String name) {
        return "<svg class=\"i\" viewBox=\"0 0 16 16\" aria-hidden=\"true\" fill=\"currentColor\" fill-rule=\"evenodd\">"
                + PATHS.get(name) + "</svg>";
    }

    /** The mark in the head of the page: three lines through a ring, as a fairlead leads ropes. */
    static String mark() {
        return "<svg viewBox=\"0 0 20 20\" aria-hidden=\"true\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\""
                + " stroke-linecap=\"round\"><ellipse cx=\"10\" cy=\"10\" rx=\"3.2\" ry=\"7\"/>"
                + "<path d=\"M1 10h8M11 10l8-6M11 10h8M11 10l8 6\"/></svg>";
    }
}
