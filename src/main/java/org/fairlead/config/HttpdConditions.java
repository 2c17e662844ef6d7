package org.fairlead.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Decides {@code <IfModule>}, {@code <IfDefine>}, {@code <IfVersion>}, {@code <IfFile>}, {@code <IfDirective>} and
 * {@code <IfSection>}. Which modules Fairlead stands for is in {@code modules.tsv}.
 */
final class HttpdConditions {
    /** The httpd whose configuration is understood. */
    static final int[] VERSION = {2, 4, 66};

    private static final Pattern COMPARISON = Pattern.compile("(!?)\\s*(>=|<=|==|=|>|<|~)?\\s*(\\S+)");
    private static final Map<String, Module> MODULES = modules();

    private final HttpdVariables variables;

    HttpdConditions(HttpdVariables variables) {
        this.variables = variables;
    }

    /** How much of a module is here: the third column of {@code modules.tsv}. */
    private enum Presence {
        YES,
        KNOWN,
        NO
    }

    /** What is said of a module, and what to know where its lines are passed over. */
    private record Module(Presence presence, String text) {}

    /**
     * What was decided.
     *
     * @param holds whether the lines inside count
     * @param lack why the lines inside are passed over although httpd might read them; empty where httpd would decide
     *     the same, as for a name that is not defined
     * @param wrong what cannot be decided, and why
     */
    record Verdict(boolean holds, Optional<String> lack, Optional<String> wrong) {
        static Verdict of(boolean holds) {
            return new Verdict(holds, Optional.empty(), Optional.empty());
        }

        static Verdict lacks(String reason) {
            return new Verdict(false, Optional.of(reason), Optional.empty());
        }

        static Verdict wrong(String text) {
            return new Verdict(false, Optional.empty(), Optional.of(text));
        }
    }

    /**
     * Decides one condition.
     *
     * @param section lower case, without brackets: {@code ifmodule}
     * @param text what follows up to the closing bracket
     * @param base where relative file names count from
     */
    Verdict decide(String section, String text, Path base) {
        if (section.equals("ifversion")) {
            return version(text);
        }
        String condition = new HttpdWords(text).next();
        boolean negated = condition.startsWith("!");
        String name = new HttpdWords(negated ? condition.substring(1) : condition).next();
        if (name.isEmpty()) {
            return Verdict.wrong("has no argument");
        }
        return switch (section) {
            case "ifmodule" -> module(name, negated);
            case "ifdefine" -> Verdict.of(variables.isDefined(name) != negated);
            case "iffile" -> file(name, negated, base);
            case "ifdirective" -> directive(name, negated, "directive");
            case "ifsection" -> directive("<" + name, negated, "section");
            default -> throw new IllegalStateException(section);
        };
    }

    private static Verdict module(String name, boolean negated) {
        Module module =
                Optional.ofNullable(MODULES.get(name.toLowerCase(Locale.ROOT))).orElse(new Module(Presence.NO, ""));
        String why = module.text().isEmpty() ? "" : ": " + module.text();
        return switch (module.presence()) {
            case YES -> Verdict.of(!negated);
            case KNOWN ->
                negated
                        ? Verdict.lacks("the directives of " + Quoted.of(name) + " are known, so it counts as loaded")
                        : Verdict.of(true);
            case NO ->
                negated ? Verdict.of(true) : Verdict.lacks("Fairlead does not stand for " + Quoted.of(name) + why);
        };
    }

    /** A directive that runs in httpd counts as known; for a refused or unknown one the condition is undecided. */
    private static Verdict directive(String name, boolean negated, String what) {
        Optional<Directive> known = Directives.ALL.find(name);
        boolean stoodFor =
                known.filter(d -> d.standing() != Directive.Standing.REFUSED).isPresent();
        boolean holds = known.isPresent() != negated;
        if (holds || stoodFor) {
            return Verdict.of(holds);
        }
        String shown = Quoted.of(name.startsWith("<") ? name + ">" : name);
        return Verdict.lacks(
                negated ? "the " + what + " " + shown + " is known" : "no " + what + " " + shown + " is known");
    }

    private static Verdict file(String name, boolean negated, Path base) {
        try {
            return Verdict.of(Files.exists(base.resolve(name)) != negated);
        } catch (InvalidPathException e) {
            return Verdict.wrong("is no file name");
        }
    }

    private static Verdict version(String text) {
        Matcher comparison = COMPARISON.matcher(HttpdWords.strip(text).replaceAll("[\"']", ""));
        if (!comparison.matches()) {
            return Verdict.wrong("is no comparison");
        }
        String operator = comparison.group(2) == null ? "=" : comparison.group(2);
        String operand = comparison.group(3);
        boolean negated = !comparison.group(1).isEmpty();
        boolean delimited = operand.length() > 1 && operand.startsWith("/") && operand.endsWith("/");
        if (operator.equals("~") || operator.startsWith("=") && delimited) {
            return matches(delimited ? operand.substring(1, operand.length() - 1) : operand, negated);
        }
        if (!operand.matches("\\d{1,6}(\\.\\d{1,6}){0,2}")) {
            return Verdict.wrong("is no version");
        }
        int sign = compare(operand);
        return Verdict.of(negated
                != switch (operator) {
                    case ">=" -> sign >= 0;
                    case "<=" -> sign <= 0;
                    case ">" -> sign > 0;
                    case "<" -> sign < 0;
                    default -> sign == 0;
                });
    }

    private static Verdict matches(String expression, boolean negated) {
        try {
            String version = VERSION[0] + "." + VERSION[1] + "." + VERSION[2];
            return Verdict.of(Pattern.compile(expression).matcher(version).find() != negated);
        } catch (PatternSyntaxException e) {
            return Verdict.wrong("is no regular expression");
        }
    }

    /** Compares the version we stand for with another one, whose missing parts are zero. */
    private static int compare(String other) {
        List<String> parts = List.of(other.split("\\."));
        for (int i = 0; i < VERSION.length; i++) {
            int sign = Integer.compare(VERSION[i], i < parts.size() ? Integer.parseInt(parts.get(i)) : 0);
            if (sign != 0) {
                return sign;
            }
        }
        return 0;
    }

    private static Map<String, Module> modules() {
        Map<String, Module> modules = new HashMap<>();
        for (String[] cell : Directives.rows("modules.tsv", 4)) {
            Module module = new Module(Presence.valueOf(cell[2].toUpperCase(Locale.ROOT)), cell[3]);
            modules.put(cell[0].toLowerCase(Locale.ROOT), module);
            modules.put(cell[1].toLowerCase(Locale.ROOT), module);
        }
        return modules;
    }
}
