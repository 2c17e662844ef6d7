package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void whatHttpdsSyntaxPutsIntoTheTreeIsKnownThere() {
        List<String> unknown = new ArrayList<>();
        for (Directive directive : Directives.ALL.all()) {
            boolean inTree = directive.standing() == Directive.Standing.RUNS
                    || directive.standing() == Directive.Standing.DIFFERS;
            boolean readByItself = directive.shape() == Directive.Shape.CONDITION
                    || directive.shape() == Directive.Shape.READER
                    // Stands in the rule that follows it.
                    || directive.shape() == Directive.Shape.REWRITE_COND;
            readByItself |= List.of("elseif", "else").contains(directive.node());
            if (inTree && !readByItself) {
                for (Directive.Place place : directive.places()) {
                    String section = switch (place) {
                        case SERVER -> "";
                        case HOST -> "virtualhost";
                        case LOCATION -> "location";
                        case PROXY -> "proxy";
                        default -> "-";
                    };
                    boolean setInside =
                            section.equals("proxy") && directive.node().equals("proxyset");
                    if (!section.equals("-") && !setInside && !Schema.knows(section, directive.node())) {
                        unknown.add(directive.name() + " in " + place);
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** Whatever a tree says, it is read or refused, and never met with another exception. */
    @Test
    void everyKeyWithAnyValueIsReadOrRefused() {
        String[] values = {
            "",
            " ",
            "x",
            "-1",
            "0",
            "1",
            "On",
            "Off",
            "99999999999",
            "http://a:8000/",
            "balancer://x/",
            "!",
            "/",
            "(",
            "*:80",
            "$1",
            "a b c",
            "\"\\r\\n\"",
            "443 https",
            "+H",
            "all -TLSv1.2",
            "\"\\0\"",
            "500-599",
            "On 404",
            "\u00e4"
        };
        Random random = new Random(20);
        int read = 0;
        for (int i = 0; i < 800; i++) {
            StringBuilder yaml = new StringBuilder();
            section(yaml, "", "", values, random, 0);
            try {
                new ConfigLoader().load(yaml.toString(), "yaml", "any.yaml");
                read++;
            } catch (ConfigException refused) {
                assertThat(refused.problems()).as(yaml.toString()).isNotEmpty();
                assertThat(refused.getMessage()).as(yaml.toString()).isNotEmpty();
            }
        }
        assertThat(read).isPositive();
    }

    private static void section(
            StringBuilder yaml, String name, String indent, String[] values, Random random, int depth) {
        List<String> keys = new ArrayList<>(Schema.names(name));
        Collections.shuffle(keys, random);
        int count = random.nextInt(depth == 0 ? 6 : 4) + 1;
        keys.stream().limit(count).forEach(key -> {
            yaml.append(indent).append(key).append(':');
            if (Schema.isSection(key) && depth < 3) {
                yaml.append('\n');
                section(yaml, key, indent + "  ", values, random, depth + 1);
            } else {
                String value = values[random.nextInt(values.length)];
                yaml.append(' ')
                        .append(value.startsWith("\"") ? value : "\"" + value + "\"")
                        .append('\n');
            }
        });
    }
}
