package org.fairlead.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of the manual, as far as tests compare it with the code: its tables and its samples. */
record ManualPage(Path file, List<String> lines) {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern FENCE = Pattern.compile("```(\\w+)");
    private static final Pattern REFUSED = Pattern.compile("<!-- refused: (.+) -->");

    static ManualPage read(Path file) {
        try {
            return new ManualPage(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body rows of every table whose head has these titles at its start. */
    List<List<String>> rows(String... titles) {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("|")) {
                inside = false;
                continue;
            }
            List<String> cells = cells(lines.get(i));
            boolean head = i + 1 < lines.size() && lines.get(i + 1).startsWith("|---");
            if (head) {
                inside = cells.size() >= titles.length
                        && cells.subList(0, titles.length).equals(List.of(titles));
            } else if (inside && !lines.get(i).startsWith("|---")) {
                rows.add(cells);
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip().replace("\\|", "|"));
        }
        return cells;
    }

    /** What a cell has in code quotes. */
    static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(m -> m.group(1)).toList();
    }

    /** What the whole page has in code quotes. */
    List<String> code() {
        return lines.stream().flatMap(line -> code(line).stream()).toList();
    }

    /**
     * A fenced block.
     *
     * @param language what stands behind the fence
     * @param line of its first line in the page, from 1
     * @param refused the message that it must be refused with; empty = it must be accepted
     */
    record Sample(Path page, int line, String language, String text, Optional<String> refused) {
        @Override
        public String toString() {
            return page.getFileName() + ":" + line;
        }
    }

    /** Every fenced block that names its language. A comment {@code <!-- refused: … -->} above one belongs to it. */
    List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        Optional<String> refused = Optional.empty();
        for (int i = 0; i < lines.size(); i++) {
            Optional<String> comment =
                    REFUSED.matcher(lines.get(i)).results().findFirst().map(m -> m.group(1));
            refused = comment.isPresent() ? comment : lines.get(i).isBlank() ? refused : fenceOnly(i, refused);
            Optional<String> language = FENCE.matcher(lines.get(i))
                    .results()
                    .filter(m -> m.start() == 0)
                    .map(MatchResult::group)
                    .findFirst();
            if (language.isPresent()) {
                int start = i + 1;
                i = start;
                while (!lines.get(i).equals("```")) {
                    i++;
                }
                String text = String.join("\n", lines.subList(start, i)) + "\n";
                samples.add(new Sample(file, start + 1, language.get().substring(3), text, refused));
                refused = Optional.empty();
            }
        }
        return samples;
    }

    private Optional<String> fenceOnly(int line, Optional<String> refused) {
        return lines.get(line).startsWith("```") ? refused : Optional.empty();
    }
}
