package org.fairlead.admin;

import java.util.List;

/**
 * A table of the console: caption, heads with scopes, and cells that name their column, so that on a narrow screen each
 * row is a card. ARIA roles are explicit because the card style removes the implicit ones of a table.
 */
final class ConsoleTable {
    private final StringBuilder out = new StringBuilder(2048);
    private final List<Column> columns;

    /** @param style {@code n} for figures, {@code w} for what is not wrapped */
    record Column(String name, String style) {
        static Column text(String name) {
            return new Column(name, "");
        }

        static Column number(String name) {
            return new Column(name, "n");
        }

        static Column word(String name) {
            return new Column(name, "w");
        }

        static Column wide(String name) {
            return new Column(name, "wide");
        }
    }

    /** @param caption as HTML */
    ConsoleTable(String caption, Column... columns) {
        this.columns = List.of(columns);
        out.append("<div class=\"table\"><table class=\"cards\" role=\"table\"><caption>")
                .append(caption)
                .append("</caption><thead role=\"rowgroup\"><tr role=\"row\">");
        for (Column column : columns) {
            out.append("<th scope=\"col\" role=\"columnheader\" class=\"" + column.style() + "\">")
                    .append(Html.text(column.name()))
                    .append("</th>");
        }
        out.append("</tr></thead><tbody role=\"rowgroup\">");
    }

    /**
     * Adds a row; its first cell is its head.
     *
     * @param key names the row, so that updates find it
     * @param level colour of its edge; empty = none
     * @param cells as HTML, one a column
     */
    ConsoleTable row(String key, String level, String... cells) {
        out.append("<tr role=\"row\" class=\"" + level + "\" data-key=\"" + Html.text(key) + "\">");
        for (int i = 0; i < cells.length; i++) {
            Column column = columns.get(i);
            if (i == 0) {
                out.append("<th scope=\"row\" role=\"rowheader\" class=\"" + column.style() + "\">")
                        .append(cells[i])
                        .append("</th>");
            } else {
                out.append("<td role=\"cell\" class=\"" + column.style() + "\" data-label=\"")
                        .append(Html.text(column.name()))
                        .append("\"><span class=\"v\">")
                        .append(cells[i])
                        .append("</span></td>");
            }
        }
        out.append("</tr>");
        return this;
    }

    @Override
    public String toString() {
        return out + "</tbody></table></div>\n";
    }
}
