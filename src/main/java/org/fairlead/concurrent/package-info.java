/** Threads: daemon threads with names, and virtual threads where the JDK has them. */
package org.fairlead.concurrent;
