package org.fairlead.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One reading of a configuration: where its problems go and what relative file names are relative to.
 *
 * @param folder that of the main configuration file
 * @param files files that were read and are to be watched, absolute; grows while reading
 * @param searched where files were looked for that may come or go, absolute; grows while reading
 */
record Reading(Problems problems, Path folder, Set<Path> files, Set<Path> searched) {
    Reading(Problems problems, Path folder) {
        this(problems, folder, new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    /** Returns the file that the operator means. */
    Path path(String written) {
        return folder.resolve(written.replace('\0', '?')).normalize();
    }
}
