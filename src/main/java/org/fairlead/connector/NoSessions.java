package org.fairlead.connector;

import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Session;
import org.apache.catalina.session.ManagerBase;

/** Session manager without sessions, of which a proxy has none: Tomcat's would seed random numbers at the start. */
public final class NoSessions extends ManagerBase {
    @Override
    protected void startInternal() throws LifecycleException {
        setState(LifecycleState.STARTING);
    }

    @Override
    protected void stopInternal() throws LifecycleException {
        setState(LifecycleState.STOPPING);
    }

    @Override
    public Session createSession(String id) {
        throw new IllegalStateException("the launcher keeps no sessions");
    }

    @Override
    public void load() {}

    @Override
    public void unload() {}
}
