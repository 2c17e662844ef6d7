package org.fairlead.connector;

import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/** Adapter to Tomcat's container, which a suspended request does not enter a second time. */
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

    /** Called before a processor recycles its request, which may still be waiting for a member. */
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
