package org.fairlead.connector;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * Factory of channels for listening sockets that the process has inherited.
 *
 * <p>Java has an API only for the standard input. The JDK's constructor for that one takes other descriptors too. It is
 * the same on JDK 17, 21 and 25, and open to the executable jar by {@code Add-Opens: java.base/sun.nio.ch} in its
 * manifest. The package {@code java.io} need not be open: the JDK's own {@code IOUtil} makes the descriptors.
 */
final class DescriptorSockets {
    private static final int SOCK_STREAM = 1;
    /** The JDK's own numbers for AF_INET and AF_INET6. */
    private static final int INTERNET_FIRST = 1;

    private static final int INTERNET_LAST = 2;

    private final Method type;
    private final Method family;
    private final Method descriptor;
    private final Constructor<?> channel;

    private DescriptorSockets(Method type, Method family, Method descriptor, Constructor<?> channel) {
        this.type = type;
        this.family = family;
        this.descriptor = descriptor;
        this.channel = channel;
    }

    /**
     * @throws ReflectiveOperationException if this JDK has other members, or denies access; the message says what is
     *     missing
     */
    static DescriptorSockets ofThisJdk() throws ReflectiveOperationException {
        // Its static initializer loads what the others need.
        Class<?> inherited = Class.forName("sun.nio.ch.InheritedChannel");
        Class<?> server = Class.forName("sun.nio.ch.ServerSocketChannelImpl");
        return new DescriptorSockets(
                open(inherited.getDeclaredMethod("soType0", int.class)),
                open(inherited.getDeclaredMethod("addressFamily", int.class)),
                open(Class.forName("sun.nio.ch.IOUtil").getDeclaredMethod("newFD", int.class)),
                open(server.getDeclaredConstructor(
                        SelectorProvider.class, ProtocolFamily.class, FileDescriptor.class, boolean.class)));
    }

    private static <T extends AccessibleObject> T open(T member) throws IllegalAccessException {
        if (!member.trySetAccessible()) {
            throw new IllegalAccessException("not open to us: " + member);
        }
        return member;
    }

    /**
     * Takes over one descriptor.
     *
     * @throws IOException if it is no TCP socket; it is unchanged then
     */
    ServerSocketChannel at(int number) throws ReflectiveOperationException, IOException {
        int found = (int) type.invoke(null, number);
        int protocol = found == SOCK_STREAM ? (int) family.invoke(null, number) : -1;
        if (protocol < INTERNET_FIRST || protocol > INTERNET_LAST) {
            throw new IOException(
                    "file descriptor " + number + " is no TCP socket (systemd: ListenStream= with a port)");
        }
        try {
            // The family only distinguishes Unix sockets from others; the address is read from the socket.
            return (ServerSocketChannel) channel.newInstance(
                    SelectorProvider.provider(), StandardProtocolFamily.INET, descriptor.invoke(null, number), true);
        } catch (InvocationTargetException e) {
            throw new IOException("file descriptor " + number + ": " + e.getCause(), e);
        }
    }
}
