package org.fairlead.config;

import java.nio.file.Path;

/**
 * One reading of a configuration: where its problems go and what relative file names are relative to.
 *
 * @param folder that of the main configuration file
 */
record Reading(Problems problems, Path folder) {
    /** Returns the file that the operator means. */
    Path path(String written) {
        return folder.resolve(written.replace('\0', '?')).normalize();
    }
}
