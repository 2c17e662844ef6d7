package org.fairlead.config;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;
import org.xml.sax.helpers.LocatorImpl;

/**
 * XML: each element is a node, each attribute is one too, and the root element may have any name. A document type, and
 * with it every entity that could read a file or multiply, is refused.
 */
final class XmlFormat implements NativeFormat {
    @Override
    public void read(Reader text, TreeBuilder root, NativeSource source) throws IOException {
        try {
            parser().parse(new InputSource(text), new Walk(root, source));
        } catch (SAXParseException broken) {
            String message = String.valueOf(broken.getMessage());
            boolean documentType = message.contains("disallow-doctype-decl");
            source.broken(
                    broken.getLineNumber(),
                    "XML: "
                            + (documentType
                                    ? "a document type (expected: none; no entity is read)"
                                    : Quoted.of(message)));
        } catch (SAXException broken) {
            source.broken(0, "XML: " + Quoted.of(String.valueOf(broken.getMessage())));
        }
    }

    private static SAXParser parser() throws SAXException {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            return factory.newSAXParser();
        } catch (ParserConfigurationException unsafe) {
            throw new SAXException("this JDK cannot read XML safely", unsafe);
        }
    }

    /** Carries elements over into the tree. */
    private static final class Walk extends DefaultHandler {
        private final NativeSource source;
        private final Deque<TreeBuilder> open = new ArrayDeque<>();
        private final Deque<StringBuilder> texts = new ArrayDeque<>();
        private final TreeBuilder root;
        private Locator locator = new LocatorImpl();

        Walk(TreeBuilder root, NativeSource source) {
            this.root = root;
            this.source = source;
        }

        @Override
        public void setDocumentLocator(Locator here) {
            locator = here;
        }

        @Override
        public void startElement(String uri, String localName, String name, Attributes attributes) {
            TreeBuilder node = open.isEmpty() ? root : open.peek().child(name, locator.getLineNumber());
            open.push(node);
            texts.push(new StringBuilder());
            for (int i = 0; i < attributes.getLength(); i++) {
                source.fill(node.child(attributes.getQName(i), locator.getLineNumber()), attributes.getValue(i));
            }
        }

        @Override
        public void characters(char[] text, int start, int length) {
            texts.peek().append(text, start, length);
        }

        @Override
        public void endElement(String uri, String localName, String name) {
            TreeBuilder node = open.pop();
            String text = texts.pop().toString().strip();
            if (!text.isEmpty() && !open.isEmpty() || node.children().isEmpty() && !open.isEmpty()) {
                source.fill(node, text);
            } else if (!text.isEmpty()) {
                source.error(locator.getLineNumber(), "XML: a text outside any key: " + Quoted.of(text));
            }
        }
    }
}
