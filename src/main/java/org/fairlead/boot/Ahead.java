package org.fairlead.boot;

import java.security.Security;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import org.fairlead.health.DaemonThreads;

/**
 * What the JDK makes ready when it is first asked, and what Tomcat asks for while it starts: the names of days and months,
 * the security providers, a reader of XML. It is asked on another thread while the configuration is read. Only the JDK's
 * own things are here, since it is made for threads that meet in them; whoever comes second waits for the first.
 */
final class Ahead {
    private Ahead() {}

    /** Begins, and returns at once. */
    static void start() {
        DaemonThreads.called("fairlead-ahead").newThread(Ahead::ask).start();
    }

    private static void ask() {
        // Of a cookie's date: CookieProcessorBase
        new SimpleDateFormat("EEE, dd MMM yyyy HH:mm:ss z", Locale.US).format(new Date());
        // Of a session's number: SessionIdGeneratorBase
        Security.getAlgorithms("SecureRandom");
        XMLInputFactory.newDefaultFactory();
    }
}
