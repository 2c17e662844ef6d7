package org.fairlead.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.EnumSource;

/** Arguments of a parameterized test: the small containers, whose archives every build has. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnumSource(
        value = Containers.class,
        names = {"TOMCAT_10_1", "TOMCAT_11", "JETTY_12_1"})
@interface EveryBuildsContainer {}
