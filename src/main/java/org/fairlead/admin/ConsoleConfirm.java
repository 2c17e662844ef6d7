package org.fairlead.admin;

import java.util.Optional;
import org.fairlead.balancer.MemberSnapshot;

/** The confirmation page: it shows the effect of an order and asks for a reason before execution. */
record ConsoleConfirm(ConsoleRequest order) {
    static final int MAX_REASON = 200;

    /** @param problem why the order was refused; empty for a first confirmation; @param reason as typed */
    String body(Optional<String> problem, String reason) {
        String back = order.member()
                .map(member -> ConsolePage.link(order.balancer().name(), member.id()))
                .orElse(ConsolePage.link(order.balancer().name()));
        StringBuilder out = new StringBuilder("<h1>" + Html.text(order.title()) + "</h1>");
        out.append("<p class=\"lead\">"
                + Html.text(ConsoleText.balancer(order.balancer().name())) + "</p>");
        problem.ifPresent(why -> out.append(
                        "<section class=\"banner bad\" role=\"alert\"><p class=\"bad\">" + ConsoleIcons.icon("cross"))
                .append(Html.text(why))
                .append("</p></section>"));
        out.append("<form method=\"post\" action=\"?\" class=\"panel\"><h2 class=\"first\">What it will do</h2><p>")
                .append(Html.text(order.effect()))
                .append("</p>");
        if (!order.changes().isEmpty()) {
            out.append("<ul>");
            order.changes()
                    .forEach(change ->
                            out.append("<li>").append(Html.text(change)).append("</li>"));
            out.append("</ul>");
        }
        order.member().ifPresent(member -> out.append(now(member)));
        hidden(out, "b", order.balancer().name());
        order.member().ifPresent(member -> hidden(out, "m", member.id()));
        hidden(out, "do", order.word());
        order.kept().forEach((name, value) -> hidden(out, name, value));
        out.append("<label for=\"reason\">Reason, kept with the order and in the audit log</label>")
                .append("<input type=\"text\" id=\"reason\" name=\"reason\" maxlength=\"" + MAX_REASON
                        + "\" autocomplete=\"off\" value=\"" + Html.text(reason) + "\">");
        if (order.impact().takesLast()) {
            out.append(
                    "<label class=\"check\"><input type=\"checkbox\" name=\"force\" value=\"1\"><span><strong class=\"bad\">"
                            + "It is the last member that takes new requests.</strong> Without it they are answered 503. Do it"
                            + " all the same.</span></label>");
        }
        return out.append("<div class=\"actions\"><button class=\"go\" type=\"submit\">" + button())
                .append("</button><a class=\"button\" href=\"" + back + "\">Cancel</a></div></form>")
                .toString();
    }

    private String button() {
        return ConsoleOrder.of(order.word())
                .map(ConsoleOrder::title)
                .orElse(order.word().equals("add") ? "Add the member" : "Change it");
    }

    private String now(MemberSnapshot member) {
        return "<p>Now: " + ConsoleText.plural(member.load().busy(), "request") + " in flight at it; "
                + ConsoleText.plural(order.others(), "other member") + " of "
                + order.balancer().members().size()
                + " can take new requests.</p>";
    }

    private static void hidden(StringBuilder out, String name, String value) {
        out.append("<input type=\"hidden\" name=\"" + name + "\" value=\"" + Html.text(value) + "\">");
    }
}
