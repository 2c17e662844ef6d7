package org.fairlead.expression;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.fairlead.expression.Token.Kind;

/** Reads a condition by httpd 2.4's grammar. Used once. */
final class Parser {
    private static final String OPERATORS = "an operator such as ==, !=, =~, -eq, -in, -ipmatch";

    private final Function<String, Optional<Operators.Binary>> comparisons;
    private final Cursor cursor;
    private final Lexer lexer;
    private final Literals literals;
    private Token token;

    Parser(String text) throws ExpressionException {
        this(text, Operators::comparison);
    }

    /** @param comparisons what {@code ==}, {@code -lt} and the other ten mean, by symbol */
    Parser(String text, Function<String, Optional<Operators.Binary>> comparisons) throws ExpressionException {
        this.comparisons = comparisons;
        this.cursor = new Cursor(text);
        this.lexer = new Lexer(cursor);
        this.literals = new Literals(cursor);
        this.token = lexer.next();
    }

    Condition parse() throws ExpressionException {
        Condition condition = anyOf();
        if (token.kind() != Kind.END) {
            throw token.unexpected("&&, || or the end");
        }
        return condition;
    }

    private Token take() throws ExpressionException {
        Token taken = token;
        token = lexer.next();
        return taken;
    }

    private void take(String symbol) throws ExpressionException {
        if (!token.is(symbol)) {
            throw token.unexpected(symbol);
        }
        take();
    }

    private Condition anyOf() throws ExpressionException {
        List<Condition> parts = new ArrayList<>();
        parts.add(allOf());
        while (token.is("||")) {
            take();
            parts.add(allOf());
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return evaluation -> {
            for (Condition part : parts) {
                if (part.test(evaluation)) {
                    return true;
                }
            }
            return false;
        };
    }

    private Condition allOf() throws ExpressionException {
        List<Condition> parts = new ArrayList<>();
        parts.add(single());
        while (token.is("&&")) {
            take();
            parts.add(single());
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return evaluation -> {
            for (Condition part : parts) {
                if (!part.test(evaluation)) {
                    return false;
                }
            }
            return true;
        };
    }

    private Condition single() throws ExpressionException {
        boolean negated = false;
        while (token.is("!")) {
            negated = !negated;
            take();
        }
        Condition condition = primary();
        return negated ? evaluation -> !condition.test(evaluation) : condition;
    }

    private Condition primary() throws ExpressionException {
        if (token.is("true") || token.is("false")) {
            boolean value = take().is("true");
            return evaluation -> value;
        }
        if (token.is("(")) {
            cursor.enter(token.start());
            take();
            Condition inner = anyOf();
            take(")");
            cursor.leave();
            return inner;
        }
        if (token.kind() == Kind.UNARY) {
            return unary();
        }
        return comparison(word("a condition"));
    }

    private Condition unary() throws ExpressionException {
        Token operator = take();
        int operandStart = token.start();
        Word operand = word("a text behind " + operator.written());
        if (operator.value().equals("R")) {
            Subnet subnet = subnet(operator, operand, operandStart);
            return evaluation -> subnet.contains(evaluation.variables().variable("REMOTE_ADDR"));
        }
        Operators.Unary test = Operators.unary(operator.value())
                .orElseThrow(() -> operator.unexpected("one of the operators " + Operators.UNARY_NAMES));
        return evaluation -> test.test(operand.text(evaluation));
    }

    private Subnet subnet(Token operator, Word operand, int start) throws ExpressionException {
        String written = cursor.text.substring(start, token.start()).strip();
        if (!(operand instanceof Word.Constant constant)) {
            throw new ExpressionException(
                    start + 1, written, "a quoted address or network behind " + operator.written());
        }
        return Subnet.parse(constant.value())
                .orElseThrow(() -> new ExpressionException(
                        start + 1,
                        constant.value().isEmpty() ? written : constant.value(),
                        "an address, or a network such as '10.0.0.0/8'"));
    }

    private Condition comparison(Word left) throws ExpressionException {
        if (token.kind() == Kind.BINARY) {
            return binary(left);
        }
        if (token.is("=~") || token.is("!~")) {
            boolean negated = take().is("!~");
            Regex regex = regex();
            return evaluation -> evaluation.matches(regex, left.text(evaluation)) != negated;
        }
        if (token.is("-in")) {
            take();
            List<Word> list = list();
            return evaluation -> Word.texts(list, evaluation).contains(left.text(evaluation));
        }
        Token operator = token;
        if (operator.kind() != Kind.SYMBOL) {
            throw operator.unexpected(OPERATORS);
        }
        Operators.Binary test = comparisons.apply(operator.value()).orElseThrow(() -> operator.unexpected(OPERATORS));
        take();
        Word right = word("a text behind " + operator.written());
        return evaluation -> test.test(left.text(evaluation), right.text(evaluation));
    }

    private Condition binary(Word left) throws ExpressionException {
        Token operator = take();
        int operandStart = token.start();
        Word right = word("a text behind " + operator.written());
        if (operator.value().equalsIgnoreCase("ipmatch")) {
            Subnet subnet = subnet(operator, right, operandStart);
            return evaluation -> subnet.contains(left.text(evaluation));
        }
        Operators.Binary test = Operators.binary(operator.value())
                .orElseThrow(() -> operator.unexpected("one of the operators " + Operators.BINARY_NAMES));
        return evaluation -> test.test(left.text(evaluation), right.text(evaluation));
    }

    private Regex regex() throws ExpressionException {
        if (token.kind() != Kind.REGEX) {
            throw token.unexpected("/pattern/ or m#pattern#");
        }
        Token written = take();
        int opening = written.written().charAt(0) == 'm' ? 2 : 1;
        int flagsAt = opening + written.value().length() + 1;
        Set<Regex.Flag> flags = EnumSet.noneOf(Regex.Flag.class);
        for (int i = flagsAt; i < written.written().length(); i++) {
            int at = written.start() + i + 1;
            char letter = written.written().charAt(i);
            flags.add(Regex.Flag.of(letter)
                    .orElseThrow(() -> new ExpressionException(at, String.valueOf(letter), "a flag: i, m or s")));
        }
        try {
            return Regex.compile(written.value(), flags);
        } catch (ExpressionException e) {
            throw e.shifted(written.start() + opening);
        }
    }

    private List<Word> list() throws ExpressionException {
        if (token.kind() == Kind.NAME) {
            throw token.unexpected("{'a', 'b'}; there are no functions that return lists");
        }
        take("{");
        List<Word> words = new ArrayList<>();
        words.add(word("a text"));
        while (token.is(",")) {
            take();
            words.add(word("a text"));
        }
        if (!token.is("}")) {
            throw token.unexpected(", or }");
        }
        take();
        return List.copyOf(words);
    }

    private Word word(String expected) throws ExpressionException {
        List<Word> parts = new ArrayList<>();
        parts.add(part(expected));
        while (token.is(".")) {
            take();
            parts.add(part("a text behind the dot"));
        }
        return Word.joined(parts);
    }

    private Word part(String expected) throws ExpressionException {
        switch (token.kind()) {
            case NUMBER:
                return new Word.Digits(take().value());
            case BACK_REFERENCE:
                return Literals.backReference(take().value().charAt(0) - '0');
            case QUOTE:
                Word quoted = literals.quoted(token.value().charAt(0));
                take();
                return quoted;
            case VARIABLE:
                Word variable = literals.variable(token.start());
                take();
                return variable;
            case NAME:
                return call();
            default:
                throw token.unexpected(expected);
        }
    }

    private Word call() throws ExpressionException {
        Token name = take();
        if (!token.is("(")) {
            boolean variable = Names.variable(name.value()).isPresent();
            throw name.unexpected(
                    variable ? "%{" + name.value() + "}" : "a quoted text, %{VARIABLE} or function('argument')");
        }
        cursor.enter(token.start());
        take();
        Word argument = word("an argument for " + name.value());
        take(")");
        cursor.leave();
        return Literals.call(name.value(), name.start(), argument);
    }
}
