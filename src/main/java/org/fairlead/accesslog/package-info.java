/** mod_log_config: what is told of a request when it is over, line by line, to files and programs. */
package org.fairlead.accesslog;
