package org.fairlead.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A balancer's configuration and what happens to it, in a line each.
 *
 * @param members parameters of the members a, b, c … one after the other, separated by {@code ;}
 * @param balancer parameters of the balancer itself
 * @param steps words: a number is that many requests; {@code !b} kills b and {@code ^b} restarts it; {@code b:503} makes
 *     it answer so from then on; {@code +1500} lets so many milliseconds pass; {@code ~x.b} asks with that value in the cookie, {@code /x.b} with it in the path
 */
record BalancerScenario(String name, String members, String balancer, String steps) {
    List<String> words() {
        return List.of(steps.split(" "));
    }

    /** How many members there are. */
    int size() {
        return members.split(";", -1).length;
    }

    /** The configuration of this one, known by its path. */
    String configuration(String path, List<Integer> ports) {
        String[] parameters = members.split(";", -1);
        List<String> lines = new ArrayList<>(List.of("<Proxy balancer://" + path + ">"));
        lines.addAll(IntStream.range(0, parameters.length)
                .mapToObj(i -> ("BalancerMember http://127.0.0.1:" + ports.get(i) + " connectiontimeout=2 timeout=5 "
                                + parameters[i].strip())
                        .strip())
                .toList());
        if (!balancer.isBlank()) {
            lines.add("ProxySet " + balancer);
        }
        lines.add("</Proxy>");
        lines.add("ProxyPass /" + path + "/ balancer://" + path + "/ nocanon");
        return lines.stream().collect(Collectors.joining("\n")) + "\n";
    }

    /** A name that a path and a balancer may have. */
    static String path(int number) {
        return String.format(Locale.ROOT, "s%02d", number);
    }

    @Override
    public String toString() {
        return name;
    }
}
