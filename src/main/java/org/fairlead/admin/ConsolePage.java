package org.fairlead.admin;

import java.time.Duration;
import org.fairlead.operations.ServerSnapshot;

/**
 * The frame of every page of the console: head, bar, main part. Links are queries only, so the console works below
 * whatever path its {@code <Location>} has.
 *
 * @param server the server's name
 * @param user the user of the console; empty = not known
 */
record ConsolePage(ServerSnapshot seen, String server, String user) {
    /** A page that the script keeps up to date. @param summary what changed, for screen readers, when it changes */
    String live(String title, String summary, String body) {
        return page(title, "<main id=\"main\" data-live=\"1\" data-summary=\"" + Html.text(summary) + "\">", body);
    }

    /** A page that stays as it is. */
    String still(String title, String body) {
        return page(title, "<main id=\"main\">", body);
    }

    private String page(String title, String main, String body) {
        String up = ConsoleText.span(
                Duration.between(seen.process().started(), seen.process().now()));
        StringBuilder out = new StringBuilder(body.length() + 2048);
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>" + Html.text(title) + "</title>")
                .append("<link rel=\"stylesheet\" href=\"?file=console.css\">")
                .append("<link rel=\"icon\" href=\"?file=icon.svg\" type=\"image/svg+xml\">")
                .append("<script src=\"?file=console.js\" defer></script></head>\n<body>")
                .append("<a class=\"skip\" href=\"#main\">To the content</a>")
                .append("<header class=\"bar\"><a class=\"brand\" href=\"?\">" + ConsoleIcons.mark() + "Fairlead</a>")
                .append("<p class=\"facts\"><span>" + Html.text(server) + "</span><span>"
                        + Html.text(seen.process().version()) + "</span><span>up " + up + "</span>")
                .append(user.isEmpty() ? "" : "<span>" + Html.text(user) + "</span>")
                .append("<span>as of "
                        + ConsoleText.time(seen.process().now(), seen.process().now()) + "</span></p>")
                .append("</header>\n<p id=\"status\" class=\"hidden\" role=\"status\"></p>\n")
                .append(main)
                .append(body)
                .append("</main></body></html>\n");
        return out.toString();
    }

    /** The target of a member's page, for an attribute. */
    static String link(String balancer, String member) {
        return link(balancer) + "&amp;m=" + Html.text(Html.query(member));
    }

    /** The target of a balancer's page, for an attribute. */
    static String link(String balancer) {
        return "?b=" + Html.text(Html.query(balancer));
    }
}
