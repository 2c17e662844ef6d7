/** httpd's expression language (ap_expr) and its variables: conditions and strings over one exchange. */
package org.fairlead.expression;
