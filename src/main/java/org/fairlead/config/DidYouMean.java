package org.fairlead.config;

import java.util.Collection;
import java.util.Optional;

/** Suggests the word that was probably meant by a misspelt one. */
final class DidYouMean {
    private static final int MAX_WORD_CHARS = 64;

    private DidYouMean() {}

    /**
     * Returns the nearest of the words (both in one case), the first of equally near ones; empty if that would take
     * changing more than a third of the letters.
     */
    static Optional<String> of(String word, Collection<String> words) {
        String best = "";
        int bestDistance = Math.max(1, word.length() / 3) + 1;
        if (word.length() > MAX_WORD_CHARS) {
            return Optional.empty();
        }
        for (String candidate : words) {
            if (Math.abs(candidate.length() - word.length()) < bestDistance) {
                int distance = distance(word, candidate);
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** How many letters must be changed, added, dropped or swapped with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
