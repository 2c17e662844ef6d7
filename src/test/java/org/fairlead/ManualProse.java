package org.fairlead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the manual as prose: its sentences, without code, links and headings. */
record ManualProse(String name, List<String> sentences) {
    private static final Pattern CODE_BLOCK = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("]\\([^)]*\\)");
    private static final Pattern LIST_ITEM = Pattern.compile("(?:[-*]|\\d+\\.) ");
    private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern END = Pattern.compile("(?<=[.!?:;])\\s+|(?<=[.!?]\\))\\s+");

    /** The pages, but for the one that is made from the table of directives. */
    static List<ManualProse> all() throws IOException {
        List<ManualProse> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/site/markdown"))) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".md") && !file.endsWith("directives.md")) {
                    pages.add(read(file));
                }
            }
        }
        pages.add(read(Path.of("README.md")));
        return pages;
    }

    private static ManualProse read(Path file) throws IOException {
        List<String> sentences = new ArrayList<>();
        for (String paragraph :
                paragraphs(CODE_BLOCK.matcher(Files.readString(file)).replaceAll(""))) {
            String prose =
                    LINK.matcher(CODE.matcher(paragraph).replaceAll("CODE")).replaceAll("]");
            sentences.addAll(List.of(END.split(prose.strip())));
        }
        return new ManualProse(file.getFileName().toString(), List.copyOf(sentences));
    }

    private static List<String> paragraphs(String text) {
        List<String> paragraphs = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String bare = line.strip();
            boolean item = LIST_ITEM.matcher(bare).lookingAt();
            boolean table = bare.startsWith("|");
            if (bare.isEmpty() || bare.startsWith("#") || table || item) {
                paragraphs.add(open.toString());
                open.setLength(0);
            }
            if (table) {
                paragraphs.addAll(List.of(CELL.split(bare)));
            } else if (!bare.startsWith("#")) {
                open.append(item ? LIST_ITEM.matcher(bare).replaceFirst("") : bare)
                        .append(' ');
            }
        }
        paragraphs.add(open.toString());
        return paragraphs;
    }
}
