package org.fairlead.config;

import java.io.IOException;
import java.io.Reader;

/** One of the texts that say the configuration tree as it is: YAML (and JSON), properties, XML. */
interface NativeFormat {
    /**
     * Adds the text's nodes to the tree. Errors in the text are reported to the source, not thrown.
     *
     * @throws IOException if the text cannot be read
     */
    void read(Reader text, TreeBuilder root, NativeSource source) throws IOException;
}
