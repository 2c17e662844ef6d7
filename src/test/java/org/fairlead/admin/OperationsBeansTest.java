package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.OpenType;
import org.fairlead.config.ConfigLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JMX: balancers and members as beans, with the API's orders as operations. */
class OperationsBeansTest {
    private static final String CONFIGURATION = """
            <Proxy balancer://shop>
                BalancerMember http://127.0.0.1:1 route=a
                BalancerMember http://127.0.0.1:2 route=b loadfactor=3
                ProxySet growth=1
            </Proxy>
            ProxyPass /app balancer://shop/app
            ProxyPass /one http://127.0.0.1:3
            """;

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    private static Path folder;

    private AdminFixture admin;
    private OperationsBeans beans;

    @BeforeEach
    void start() throws Exception {
        admin = AdminFixture.start(folder, CONFIGURATION);
        beans = new OperationsBeans("/beans", admin.runtime().operations());
        beans.look();
    }

    @AfterEach
    void stop() {
        beans.close();
        admin.close();
    }

    private static Set<ObjectName> names() throws Exception {
        return SERVER.queryNames(new ObjectName("org.fairlead:context=\"/beans\",*"), null);
    }

    private static ObjectName member(int port) throws Exception {
        return new ObjectName("org.fairlead:type=Member,context=\"/beans\",balancer=shop,name="
                + ObjectName.quote("http://127.0.0.1:" + port));
    }

    private static Object invoke(ObjectName bean, String operation, Object... arguments) throws Exception {
        String[] types = new String[arguments.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = arguments[i] instanceof Boolean ? "boolean" : "java.lang.String";
        }
        return SERVER.invoke(bean, operation, arguments, types);
    }

    @Test
    void everyBalancerAndMemberIsABeanOfOpenTypes() throws Exception {
        assertThat(names()).hasSize(5);
        for (ObjectName name : names()) {
            for (MBeanAttributeInfo attribute : SERVER.getMBeanInfo(name).getAttributes()) {
                assertThat(attribute.getDescriptor().getFieldValue("openType")).isInstanceOf(OpenType.class);
                assertThat(SERVER.getAttribute(name, attribute.getName())).isNotNull();
            }
        }
        assertThat(SERVER.getAttribute(member(2), "LoadFactor")).isEqualTo(3.0);
        assertThat(SERVER.getAttribute(member(2), "Status")).isEqualTo("Ok");
    }

    @Test
    void theOperationsAreTheOrdersAndTheLastMemberIsKept() throws Exception {
        invoke(member(1), "drain", "kernel");

        assertThat(SERVER.getAttribute(member(1), "Status")).isEqualTo("Drn Ok");
        assertThat((String[]) SERVER.getAttribute(member(1), "Orders")).containsExactly("draining");
        assertThat(SERVER.getAttribute(member(1), "OrderedBy")).isEqualTo("jmx");
        assertThatThrownBy(() -> invoke(member(2), "disable", "kernel"))
                .isInstanceOf(RuntimeMBeanException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(SERVER.getAttribute(member(2), "Status")).isEqualTo("Ok");
        invoke(member(2), "order", "{\"disabled\":true,\"loadfactor\":7}", "all", true);
        assertThat(SERVER.getAttribute(member(2), "Status")).isEqualTo("Dis");
        invoke(member(1), "enable", "");
        assertThat(SERVER.getAttribute(member(1), "Usable")).isEqualTo(true);
        assertThat(admin.audited()).contains("\"user\":\"jmx\"", "\"reason\":\"kernel\"", "refused: no member");
        assertThatThrownBy(() -> invoke(member(1), "order", "nonsense", "", false))
                .isInstanceOfAny(RuntimeMBeanException.class, MBeanException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void membersThatComeAndGoDoSoHereToo() throws Exception {
        ObjectName balancer = new ObjectName("org.fairlead:type=Balancer,context=\"/beans\",name=shop");
        invoke(balancer, "add", "http://127.0.0.1:9", "more");
        beans.look();
        assertThat(SERVER.getAttribute(member(9), "Status")).isEqualTo("Dis");
        assertThat(SERVER.getAttribute(balancer, "Growth")).isEqualTo(0);
        invoke(member(9), "remove", "less");
        beans.look();
        assertThat(SERVER.isRegistered(member(9))).isFalse();
        admin.runtime()
                .replace(new ConfigLoader()
                        .load("ProxyPass /one http://127.0.0.1:3\n", "conf", "test.conf")
                        .config());
        beans.look();
        assertThat(names()).hasSize(2);
    }

    @Test
    void twoApplicationsOfOnePathDoNotClashAndNoneIsLeftBehind() throws Exception {
        try (OperationsBeans second =
                new OperationsBeans("/beans", admin.runtime().operations())) {
            second.look();
            assertThat(names()).hasSize(10);
        }
        assertThat(names()).hasSize(5);
        beans.close();
        beans.look();

        assertThat(names()).isEmpty();
    }
}
