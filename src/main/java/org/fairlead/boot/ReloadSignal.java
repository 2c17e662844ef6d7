package org.fairlead.boot;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Handler of the reload signals: SIGHUP, by which service supervisors have the configuration read again, and SIGUSR1,
 * which is {@code apachectl graceful}.
 *
 * <p>By reflection, because the compiler warns of {@code sun.misc.Signal}, which is all that Java has for signals and
 * is supported (jdk.unsupported, JEP 260).
 */
final class ReloadSignal {
    private static final System.Logger LOG = System.getLogger(ReloadSignal.class.getName());

    private static final List<String> NAMES = List.of("HUP", "USR1");

    private ReloadSignal() {}

    /** Runs the task at each signal, on a thread of the JVM's; a signal that the JVM uses or ignores stays as it is. */
    static void install(Runnable reload) {
        for (String name : NAMES) {
            try {
                handle(name, reload);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                LOG.log(System.Logger.Level.DEBUG, "SIG" + name + " reads no configuration", e);
            }
        }
    }

    private static void handle(String name, Runnable reload) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler told = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(reload, arguments);
            }
            LOG.log(System.Logger.Level.INFO, "SIG{0}: reading the configuration again", name);
            reload.run();
            return null;
        };
        Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, told);
        try {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException e) {
            // The JVM or an option of it (-Xrs) handles the signal already.
            throw new IllegalArgumentException(e.getCause());
        }
    }
}
