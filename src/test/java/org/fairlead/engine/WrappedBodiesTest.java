package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.fairlead.exchange.RequestBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What wraps a request's body passes on all that is asked of it: a default would take the place of the container's. */
class WrappedBodiesTest {
    /** It follows from the length. */
    private static final String DERIVED = "isPresent";

    @ParameterizedTest
    @ValueSource(classes = {CleanTrailers.class, LimitedBody.class})
    void aWrapperPassesOnEveryMethod(Class<?> wrapper) {
        assertThat(Arrays.stream(RequestBody.class.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .filter(method -> !method.getName().equals(DERIVED))
                        .filter(method -> !isDeclared(wrapper, method)))
                .isEmpty();
    }

    private static boolean isDeclared(Class<?> type, Method method) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
