package org.fairlead.expression;

import java.util.ArrayList;
import java.util.List;

/** A part of an expression that is a text. Immutable. */
interface Word {
    String text(Evaluation evaluation) throws EvaluationException;

    /** A text that stands in the expression itself. */
    record Constant(String value) implements Word {
        @Override
        public String text(Evaluation evaluation) {
            return value;
        }
    }

    /** A number in the expression: never a network, whatever it looks like. */
    record Digits(String value) implements Word {
        @Override
        public String text(Evaluation evaluation) {
            return value;
        }
    }

    /** Texts in a row. */
    record Joined(List<Word> parts) implements Word {
        @Override
        public String text(Evaluation evaluation) throws EvaluationException {
            StringBuilder text = new StringBuilder();
            for (Word part : parts) {
                text.append(part.text(evaluation));
            }
            return text.toString();
        }
    }

    static Word joined(List<Word> parts) {
        return switch (parts.size()) {
            case 0 -> new Constant("");
            case 1 -> parts.get(0);
            default -> new Joined(List.copyOf(parts));
        };
    }

    /** The texts of all words, in order. */
    static List<String> texts(List<Word> words, Evaluation evaluation) throws EvaluationException {
        List<String> texts = new ArrayList<>(words.size());
        for (Word word : words) {
            texts.add(word.text(evaluation));
        }
        return texts;
    }
}
