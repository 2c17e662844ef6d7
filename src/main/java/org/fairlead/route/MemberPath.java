package org.fairlead.route;

/** A member's own path, joined with a forwarded target. */
public final class MemberPath {
    private MemberPath() {}

    /**
     * Appends a forwarded target to a member's path with exactly one slash between them, where httpd concatenates and
     * may leave two or none. The result starts with a slash.
     *
     * @param memberPath {@link org.fairlead.model.MemberConfig#path()}; may be empty
     * @param target {@link Match.Forward#target()}; may be empty
     */
    public static String join(String memberPath, String target) {
        if (memberPath.isEmpty() || memberPath.equals("/")) {
            return target.startsWith("/") ? target : "/" + target;
        }
        if (target.isEmpty() || target.startsWith("?")) {
            return memberPath + target;
        }
        boolean slashBefore = memberPath.endsWith("/");
        if (slashBefore == target.startsWith("/")) {
            return slashBefore ? memberPath + target.substring(1) : memberPath + "/" + target;
        }
        return memberPath + target;
    }
}
