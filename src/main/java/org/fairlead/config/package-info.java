/**
 * Text into model: httpd's syntax and the native formats fill one hierarchical tree, and one reader turns that tree
 * into records, collecting every problem with its file and line.
 */
package org.fairlead.config;
