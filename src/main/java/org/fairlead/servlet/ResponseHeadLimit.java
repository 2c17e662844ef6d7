package org.fairlead.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.OptionalLong;
import org.fairlead.accesslog.HeadSize;
import org.fairlead.exchange.ContainerExtensions;
import org.fairlead.exchange.HeadRefusedException;
import org.fairlead.http.ResponseHead;

/**
 * Maximum length of a response head by the settings of a container that is not ours. The Servlet API does not report
 * it, and Tomcat and Jetty respond to a longer one with 500, or not at all. So their setting is read by reflection;
 * where that does not work there is no limit here.
 */
final class ResponseHeadLimit {
    private static final System.Logger LOG = System.getLogger(ResponseHeadLimit.class.getName());

    /** Size that no container refuses: the default of 8 KiB less the fields that they add. */
    private static final int SAFE_BYTES = 4 * 1024;

    /** Reserve for the status line and the fields that a container adds. */
    private static final int ADDED_BYTES = 512;

    private static final String TOMCAT_SETTING = "raise maxHttpResponseHeaderSize of its <Connector> (default 8192)";
    private static final String JETTY_SETTING = "raise jetty.httpConfig.maxResponseHeaderSize (default 16384)";

    private ResponseHeadLimit() {}

    /**
     * Refuses a head that the container would not send.
     *
     * @param extensions present where the container is ours and has no limit
     * @throws HeadRefusedException names the setting
     */
    static void check(HttpServletRequest request, Optional<ContainerExtensions> extensions, ResponseHead head)
            throws HeadRefusedException {
        if (extensions.isPresent()) {
            return;
        }
        long bytes = HeadSize.of(head.headers());
        if (bytes <= SAFE_BYTES || !request.getProtocol().startsWith("HTTP/1.")) {
            return;
        }
        Object container = unwrapped(request);
        boolean tomcat = container.getClass().getName().startsWith("org.apache.catalina.");
        OptionalLong limit = tomcat ? ofTomcat(container) : ofJetty(container);
        if (limit.isPresent() && bytes + ADDED_BYTES > limit.getAsLong()) {
            throw new HeadRefusedException(bytes, tomcat ? TOMCAT_SETTING : JETTY_SETTING);
        }
    }

    private static Object unwrapped(ServletRequest request) {
        return request instanceof ServletRequestWrapper wrapper ? unwrapped(wrapper.getRequest()) : request;
    }

    /** {@code RequestFacade.request.getConnector().getProperty("maxHttpResponseHeaderSize")}. */
    private static OptionalLong ofTomcat(Object facade) {
        try {
            Field field = facade.getClass().getDeclaredField("request");
            field.setAccessible(true);
            Object connector = call(field.get(facade), "getConnector");
            Object value = connector
                    .getClass()
                    .getMethod("getProperty", String.class)
                    .invoke(connector, "maxHttpResponseHeaderSize");
            return OptionalLong.of(Long.parseLong(String.valueOf(value)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return unknown(e);
        }
    }

    /** Limit of the request's {@code HttpConfiguration}; -1 means that the initial size is the limit. */
    private static OptionalLong ofJetty(Object request) {
        if (!request.getClass().getName().startsWith("org.eclipse.jetty.")) {
            return OptionalLong.empty();
        }
        try {
            Object settings = call(call(call(request, "getRequest"), "getConnectionMetaData"), "getHttpConfiguration");
            long most = ((Number) call(settings, "getMaxResponseHeaderSize")).longValue();
            return OptionalLong.of(most > 0 ? most : ((Number) call(settings, "getResponseHeaderSize")).longValue());
        } catch (ReflectiveOperationException | RuntimeException e) {
            return unknown(e);
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private static OptionalLong unknown(Exception e) {
        LOG.log(System.Logger.Level.DEBUG, "this container does not tell how long the head of a response may be", e);
        return OptionalLong.empty();
    }
}
