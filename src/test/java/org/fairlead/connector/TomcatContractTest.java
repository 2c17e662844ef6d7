package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.connector.InputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Fairlead asks of Tomcat's classes: every member that the connector overrides, by name, in {@code
 * tomcat-contract.txt}.
 *
 * <p>After an upgrade of Tomcat the failures here name what has gone or changed its signature. A new override is added to
 * the list together with the reason for it.
 */
class TomcatContractTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("contract")
    void tomcatHasEveryMemberThatIsOverridden(String member) throws ReflectiveOperationException {
        String type = member.substring(0, member.indexOf('#'));
        Class<?> tomcats = Class.forName(type, false, getClass().getClassLoader());

        assertThat(Arrays.stream(tomcats.getDeclaredMethods())
                        .filter(TomcatContractTest::isOverridable)
                        .map(TomcatContractTest::signature))
                .as("overridable members of %s", type)
                .contains(member);
    }

    @Test
    void theListNamesEveryOverriddenMemberAndNoOther() throws IOException {
        assertThat(overridden()).containsExactlyElementsOf(contract().toList());
    }

    @Test
    void theFieldOfTheTextBufferIsThere() throws NoSuchFieldException {
        assertThat(InputBuffer.class.getDeclaredField("cb").getType()).isEqualTo(CharBuffer.class);
        assertThat(new RequestTextBuffer("cb").isThere()).isTrue();
    }

    @Test
    void aRenamedFieldCostsMemoryAndNothingElse() {
        RequestTextBuffer renamed = new RequestTextBuffer("renamedInSomeLaterTomcat");

        assertThat(renamed.isThere()).isFalse();
        renamed.shrink(null);
    }

    static Stream<String> contract() throws IOException {
        try (InputStream text = TomcatContractTest.class.getResourceAsStream("tomcat-contract.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        }
    }

    private static Set<String> overridden() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.fairlead.connector", "org.fairlead.boot")
                        .stream()
                        .map(type -> load(type.getName()))
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                                .filter(method -> !method.isBridge() && !method.isSynthetic())
                                .flatMap(method -> declaredIn(type, method).stream()))
                        .map(TomcatContractTest::signature)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Finds the nearest class of Tomcat's that declares a method which ours overrides; interfaces are public API. */
    private static Optional<Method> declaredIn(Class<?> type, Method method) {
        for (Class<?> parent = type.getSuperclass(); parent != null; parent = parent.getSuperclass()) {
            if (parent.getName().startsWith("org.apache.")) {
                Optional<Method> found = Arrays.stream(parent.getDeclaredMethods())
                        .filter(TomcatContractTest::isOverridable)
                        .filter(theirs -> !theirs.isBridge() && theirs.getName().equals(method.getName()))
                        .filter(theirs -> Arrays.equals(theirs.getParameterTypes(), method.getParameterTypes()))
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOverridable(Method method) {
        int modifiers = method.getModifiers();
        return !Modifier.isFinal(modifiers)
                && !Modifier.isStatic(modifiers)
                && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
    }

    private static String signature(Method method) {
        return method.getDeclaringClass().getName() + "#" + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"))
                + ": " + method.getReturnType().getSimpleName();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, TomcatContractTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }
}
