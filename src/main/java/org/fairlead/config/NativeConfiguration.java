package org.fairlead.config;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.FileBasedConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * A configuration tree that is read from YAML, JSON, properties or XML. Unlike the library's own classes for these
 * formats it knows the line of every node, reports all errors instead of throwing at the first, and interpolates
 * nothing but environment variables and system properties.
 */
final class NativeConfiguration extends BaseHierarchicalConfiguration implements FileBasedConfiguration {
    private final transient NativeFormat format;
    private final transient NativeSource source;

    NativeConfiguration(NativeFormat format, NativeSource source) {
        this.format = format;
        this.source = source;
        setInterpolator(null);
    }

    @Override
    public void read(Reader in) throws IOException {
        TreeBuilder root = new TreeBuilder("", source.file(), 0);
        format.read(in, root, source);
        getNodeModel().setRootNode(root.build());
    }

    /** Writes the tree as YAML, whatever it was read from. */
    @Override
    public void write(Writer out) throws IOException {
        out.write(EffectiveYaml.of(Entry.root(root(), source.file()), List.of()));
    }

    ImmutableNode root() {
        return getNodeModel().getNodeHandler().getRootNode();
    }
}
