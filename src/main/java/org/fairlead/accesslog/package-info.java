/** Access logs (mod_log_config): one line per completed request, to files and programs. */
package org.fairlead.accesslog;
