/** Polling of files: fingerprints that tell when a file or a folder was edited. */
package org.fairlead.files;
