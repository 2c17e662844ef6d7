package org.fairlead.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An index of path rules by first segment: finds the few rules that may match a path, and keeps their order. The
 * results are candidates: each still has to be matched. Immutable.
 */
final class SegmentIndex {
    private static final int[] NONE = {};

    private final int[][] buckets;
    private final int mask;

    SegmentIndex(List<? extends PathRule> rules) {
        int size = Integer.highestOneBit(Math.max(1, rules.size())) * 4;
        mask = size - 1;
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            lists.add(new ArrayList<>());
        }
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof PathRule.Prefix prefix && hasFirstSegment(prefix.path())) {
                lists.get(hash(prefix.path()) & mask).add(i);
            } else {
                for (List<Integer> list : lists) {
                    list.add(i);
                }
            }
        }
        buckets = lists.stream().map(SegmentIndex::toArray).toArray(int[][]::new);
    }

    private static int[] toArray(List<Integer> list) {
        return list.isEmpty() ? NONE : list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean hasFirstSegment(String path) {
        return path.length() > 1 && path.charAt(0) == '/';
    }

    /** The positions of the rules that may match, in ascending order; not to be changed. */
    int[] candidates(String path) {
        return buckets[hash(path) & mask];
    }

    private static int hash(String path) {
        int hash = 0;
        for (int i = 1; i < path.length() && path.charAt(i) != '/'; i++) {
            hash = 31 * hash + path.charAt(i);
        }
        return hash ^ hash >>> 15;
    }

    @Override
    public String toString() {
        return Arrays.deepToString(buckets);
    }
}
