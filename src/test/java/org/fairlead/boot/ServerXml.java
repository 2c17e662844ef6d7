package org.fairlead.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.IntrospectionUtils;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** {@code tomcat-conf/server.xml} as Tomcat reads it when no system property is set. */
record ServerXml(Element root) {
    static final Path FOLDER = Path.of("tomcat-conf");

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([\\w.]+):-([^}]*)}");

    static ServerXml read() throws Exception {
        return read("server.xml");
    }

    /** Any of the folder's XML files. */
    static ServerXml read(String name) throws Exception {
        return new ServerXml(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(FOLDER.resolve(name).toFile())
                .getDocumentElement());
    }

    /** All elements of this name, in their order. */
    List<Element> elements(String name) {
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < root.getElementsByTagName(name).getLength(); i++) {
            found.add((Element) root.getElementsByTagName(name).item(i));
        }
        return found;
    }

    Element element(String name) {
        return elements(name).get(0);
    }

    /** The element with this class, written without its package. */
    Element ofClass(String name, String simpleClass) {
        return elements(name).stream()
                .filter(e -> e.getAttribute("className").endsWith("." + simpleClass))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no <" + name + " className=…" + simpleClass + ">"));
    }

    /** Attributes as they are written, with their defaults in the place of properties. */
    static Map<String, String> attributes(Element element) {
        Map<String, String> attributes = new LinkedHashMap<>();
        NamedNodeMap nodes = element.getAttributes();
        for (int i = 0; i < nodes.getLength(); i++) {
            attributes.put(nodes.item(i).getNodeName(), resolved(nodes.item(i).getNodeValue()));
        }
        return attributes;
    }

    static String resolved(String value) {
        return PROPERTY.matcher(value).replaceAll(m -> Matcher.quoteReplacement(m.group(2)));
    }

    /** The properties that the file asks for, with their defaults. */
    Map<String, String> properties() {
        Map<String, String> found = new LinkedHashMap<>();
        for (Element element : elements("*")) {
            NamedNodeMap nodes = element.getAttributes();
            for (int i = 0; i < nodes.getLength(); i++) {
                PROPERTY.matcher(nodes.item(i).getNodeValue())
                        .results()
                        .forEach(m -> found.put(m.group(1), m.group(2)));
            }
        }
        return found;
    }

    Element connector(boolean secure) {
        return elements("Connector").stream()
                .filter(e -> e.hasAttribute("SSLEnabled") == secure)
                .findFirst()
                .orElseThrow();
    }

    /** The connector that Tomcat makes of an element, by the same calls as its own reader's. */
    static Connector made(Element element) {
        Connector connector = new Connector(element.getAttribute("protocol"));
        set(connector, element, List.of("protocol", "sslImplementationName"));
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals("UpgradeProtocol")) {
                Http2Protocol protocol = new Http2Protocol();
                set(protocol, child, List.of("className"));
                connector.addUpgradeProtocol(protocol);
            } else if (node instanceof Element child && child.getTagName().equals("SSLHostConfig")) {
                connector.addSslHostConfig(hostConfig(child));
            }
        }
        return connector;
    }

    private static SSLHostConfig hostConfig(Element element) {
        SSLHostConfig host = new SSLHostConfig();
        set(host, element, List.of());
        Element child = (Element) element.getElementsByTagName("Certificate").item(0);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        set(certificate, child, List.of());
        host.addCertificate(certificate);
        return host;
    }

    private static void set(Object bean, Element element, List<String> otherwise) {
        attributes(element).forEach((name, value) -> {
            if (!otherwise.contains(name) && !IntrospectionUtils.setProperty(bean, name, value)) {
                throw new AssertionError("<" + element.getTagName() + "> has no attribute " + name);
            }
        });
    }
}
