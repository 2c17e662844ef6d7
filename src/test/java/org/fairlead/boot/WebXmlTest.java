package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.Wrapper;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebXmlTest {
    @TempDir
    private Path folder;

    private static StandardContext read(URL place) {
        StandardContext context = new StandardContext();
        context.setPath("");
        new WebXml(place).lifecycleEvent(new LifecycleEvent(context, Lifecycle.CONFIGURE_START_EVENT, null));
        return context;
    }

    @Test
    void tomcatIsToldWhatOurWebXmlSays() {
        StandardContext context = read(WebXmlTest.class.getResource("/webapp/WEB-INF/web.xml"));
        assertThat(context.getConfigured()).isTrue();
        assertThat(context.getDisplayName()).isEqualTo("Fairlead");
        assertThat(context.getEffectiveMajorVersion()).isEqualTo(6);
        assertThat(context.findServletMapping("/*")).isEqualTo("balancer");
        Wrapper servlet = (Wrapper) context.findChild("balancer");
        assertThat(servlet.getServletClass()).isEqualTo("org.fairlead.servlet.BalancerServlet");
        assertThat(servlet.getLoadOnStartup()).isEqualTo(1);
        assertThat(servlet.isAsyncSupported()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<web-app version='6.0'/>",
                "<web-app version='6.0' metadata-complete='true'><filter/></web-app>",
                "<web-app version='6.0' metadata-complete='true'><servlet><init-param/></servlet></web-app>",
                "<web-app version='6.0' metadata-complete='true'><servlet-mapping><x/></servlet-mapping></web-app>",
                "<web-app version='6.0' metadata-complete='true'>",
            })
    void whatTheLauncherDoesNotKnowRefusesTheStart(String text) throws Exception {
        URL place = Files.writeString(folder.resolve("web.xml"), text).toUri().toURL();
        assertThatThrownBy(() -> read(place))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("web.xml");
    }
}
