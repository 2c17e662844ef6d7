package org.fairlead.config;

import java.io.IOException;
import java.io.Reader;

/** One of the texts that say the configuration tree as it is: YAML (and JSON), properties, XML. */
interface NativeFormat {
    /**
     * Adds what the text says to the tree. What is wrong with the text is told to the source, not thrown.
     *
     * @throws IOException if the text cannot be read
     */
    void read(Reader text, TreeBuilder root, NativeSource source) throws IOException;
}
