package org.fairlead.spring;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletRegistration;
import org.fairlead.servlet.BalancerServlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration of the proxies that {@code fairlead.*} describes: one servlet for each. Where there is no such
 * property, there is no proxy.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = "fairlead", name = "enabled", matchIfMissing = true)
public class FairleadAutoConfiguration {
    /** Constructor for Spring. */
    public FairleadAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    EmbeddedProxies fairleadProxies(ConfigurableEnvironment environment) {
        return EmbeddedProxies.of(environment);
    }

    @Bean
    ServletContextInitializer fairleadServlets(EmbeddedProxies proxies, ObjectProvider<ProxyMeters> meters) {
        meters.ifAvailable(found -> proxies.all().forEach(found::observe));
        return context -> proxies.all().forEach(proxy -> {
            ServletRegistration.Dynamic servlet =
                    context.addServlet(proxy.servletName(), new BalancerServlet(proxy.fairlead()));
            servlet.setAsyncSupported(true);
            servlet.setLoadOnStartup(1);
            servlet.addMapping(proxy.mappings().toArray(String[]::new));
        });
    }

    /** Health, where the application has Spring Boot's actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class Health {
        @Bean
        @ConditionalOnMissingBean(name = "fairleadHealthIndicator")
        HealthIndicator fairleadHealthIndicator(EmbeddedProxies proxies) {
            return new ProxyHealth(proxies);
        }
    }

    /** Endpoint, where the application exposes it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class Endpoint {
        @Bean
        @ConditionalOnAvailableEndpoint
        FairleadEndpoint fairleadEndpoint(EmbeddedProxies proxies) {
            return new FairleadEndpoint(proxies);
        }
    }

    /** Meters, where the application has Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {
        @Bean
        ProxyMeters fairleadMeters(ObjectProvider<MeterRegistry> registry, EmbeddedProxies proxies) {
            return new ProxyMeters(registry, proxies);
        }
    }
}
