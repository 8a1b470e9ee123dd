package io.sluice.core.component.field;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What someone may have meant who misspelt a name. */
public final class NearestName {
    private static final int LONGEST_NAME = 100;

    private NearestName() {}

    /** The one of {@code known} that is fewest edits from {@code name}, empty when none is close (a third of it). */
    public static Optional<String> of(String name, Collection<String> known) {
        if (name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> edits(name, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)));
    }

    /** Levenshtein's distance, whatever the case: insertions, deletions and replacements of one letter. */
    private static int edits(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
