package org.fairlead.connector;

import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/** Tomcat's way into its container, which a request that has paused does not take a second time. */
record SuspendAdapter(Adapter catalina, RequestSuspension pause) implements Adapter {
    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return catalina.prepare(request, response);
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        catalina.service(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        return pause.isThere()
                ? pause.dispatch(catalina, request, response, event)
                : catalina.asyncDispatch(request, response, event);
    }

    /** Before a processor forgets its request, which may be waiting for a member still. */
    @Override
    public void checkRecycled(Request request, Response response) {
        pause.end(catalina, request, response);
        catalina.checkRecycled(request, response);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        catalina.log(request, response, nanos);
    }

    @Override
    public String getDomain() {
        return catalina.getDomain();
    }
}
