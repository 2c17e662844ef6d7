package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLocatorTest {
    @TempDir
    private Path folder;

    private final ServletContext context = mock(ServletContext.class);
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    private ConfigLocator locator() {
        return new ConfigLocator(context, Optional.empty(), properties::get, variables, folder.resolve("etc"));
    }

    private Path touch(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    @Test
    void theSystemPropertyWinsOverEverything() throws Exception {
        properties.put("fairlead.config", "/a.conf");
        variables.put("FAIRLEAD_CONFIG", "/b.conf");
        when(context.getInitParameter("fairlead.config")).thenReturn("/c.conf");
        touch("etc/fairlead.conf");

        assertThat(locator().find())
                .contains(new ConfigLocator.Found(Path.of("/a.conf"), "system property fairlead.config"));
    }

    @Test
    void theEnvironmentWinsOverTheContext() {
        variables.put("FAIRLEAD_CONFIG", "/b.conf");
        when(context.getInitParameter("fairlead.config")).thenReturn("/c.conf");

        assertThat(locator().find().orElseThrow().file()).isEqualTo(Path.of("/b.conf"));
    }

    @Test
    void theContextParameterWinsOverTheUsualPlaces() throws Exception {
        when(context.getInitParameter("fairlead.config")).thenReturn("/c.conf");
        touch("etc/fairlead.conf");

        assertThat(locator().find().orElseThrow().file()).isEqualTo(Path.of("/c.conf"));
    }

    @Test
    void catalinaBaseComesBeforeEtcAndConfBeforeYaml() throws Exception {
        properties.put("catalina.base", folder.resolve("base").toString());
        Path etcConf = touch("etc/fairlead.conf");
        assertThat(locator().find().orElseThrow().file()).isEqualTo(etcConf);

        Path yaml = touch("base/conf/fairlead.yaml");
        assertThat(locator().find().orElseThrow().file()).isEqualTo(yaml);

        Path conf = touch("base/conf/fairlead.conf");
        assertThat(locator().find().orElseThrow().file()).isEqualTo(conf);
    }

    @Test
    void aBlankNameNamesNothing() {
        properties.put("fairlead.config", " ");

        assertThat(locator().find()).isEmpty();
    }
}
