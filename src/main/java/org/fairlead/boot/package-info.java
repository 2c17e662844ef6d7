/** The executable jar: its command line, and Tomcat around the same web application that the WAR holds. */
package org.fairlead.boot;
