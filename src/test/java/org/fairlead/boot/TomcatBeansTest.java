package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomcatBeansTest {
    @ParameterizedTest(name = "-D{0}: {1}")
    @CsvSource({
        "com.sun.management.jmxremote,       true",
        "com.sun.management.jmxremote.port,  true",
        "com.sun.management.config.file,     true",
        "com.sun.management.snmp.port,       false",
        "java.awt.headless,                  false"
    })
    void tomcatsBeansAreMadeWhereJmxWasOpened(String property, boolean made) {
        Properties properties = new Properties();
        properties.setProperty(property, "");
        assertThat(TomcatBeans.areWanted(properties)).isEqualTo(made);
    }
}
