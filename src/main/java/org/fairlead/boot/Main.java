package org.fairlead.boot;

/** Starts Fairlead from the command line, with Tomcat around the web application. */
public final class Main {
    private Main() {}

    /** Exits with status 2 while there is no launcher: nothing was started, so nobody may take it for running. */
    public static void main(String[] args) {
        System.err.println("fairlead: the launcher is not built yet; deploy fairlead.war into a container");
        System.exit(2);
    }
}
