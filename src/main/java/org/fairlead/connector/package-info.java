/**
 * The listeners of the executable jar: Tomcat's endpoint, HTTP/1.1 and HTTP/2 processors, TLS hosts, threads and drain.
 *
 * <p>The only package that uses {@code org.apache.coyote} and {@code org.apache.tomcat.util.net}.
 */
package org.fairlead.connector;
