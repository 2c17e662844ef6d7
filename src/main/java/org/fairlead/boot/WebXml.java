package org.fairlead.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.Wrapper;

/**
 * Our own {@code web.xml}, passed to Tomcat when the application starts. Tomcat's own reader takes a tenth of a start.
 * It handles any content, and scans the application for fragments, annotations and initializers, which
 * {@code metadata-complete} and an empty {@code WEB-INF} rule out here. An element that this class does not know
 * refuses the start.
 */
final class WebXml implements LifecycleListener {
    private final URL place;

    WebXml(URL place) {
        this.place = place;
    }

    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
            Context context = (Context) event.getLifecycle();
            try (InputStream in = place.openStream()) {
                new Reading(context, XMLInputFactory.newDefaultFactory().createXMLStreamReader(in)).application();
            } catch (IOException | XMLStreamException e) {
                throw new IllegalStateException("cannot read " + place, e);
            }
            context.setConfigured(true);
        }
    }

    /** One pass over the text; each method begins at the start of an element and ends at its end. */
    private static final class Reading {
        private final Context context;
        private final XMLStreamReader xml;

        Reading(Context context, XMLStreamReader xml) {
            this.context = context;
            this.xml = xml;
        }

        void application() throws XMLStreamException {
            xml.nextTag();
            xml.require(XMLStreamConstants.START_ELEMENT, null, "web-app");
            if (!"true".equals(xml.getAttributeValue(null, "metadata-complete"))) {
                throw new XMLStreamException("expected: metadata-complete=\"true\"", xml.getLocation());
            }
            context.setIgnoreAnnotations(true);
            String[] version = xml.getAttributeValue(null, "version").split("\\.");
            context.setEffectiveMajorVersion(Integer.parseInt(version[0]));
            context.setEffectiveMinorVersion(Integer.parseInt(version[1]));
            while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "display-name" -> context.setDisplayName(xml.getElementText());
                    case "servlet" -> servlet();
                    case "servlet-mapping" -> mapping();
                    default -> throw unknown();
                }
            }
        }

        private void servlet() throws XMLStreamException {
            Wrapper servlet = context.createWrapper();
            while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "servlet-name" -> servlet.setName(xml.getElementText());
                    case "servlet-class" -> servlet.setServletClass(xml.getElementText());
                    case "load-on-startup" -> servlet.setLoadOnStartup(Integer.parseInt(xml.getElementText()));
                    case "async-supported" -> servlet.setAsyncSupported(Boolean.parseBoolean(xml.getElementText()));
                    default -> throw unknown();
                }
            }
            context.addChild(servlet);
        }

        private void mapping() throws XMLStreamException {
            String servlet = "";
            while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "servlet-name" -> servlet = xml.getElementText();
                    case "url-pattern" -> context.addServletMapping(xml.getElementText(), servlet);
                    default -> throw unknown();
                }
            }
        }

        private XMLStreamException unknown() {
            return new XMLStreamException(
                    xml.getLocalName() + " (expected: what the launcher knows of web.xml)", xml.getLocation());
        }
    }
}
