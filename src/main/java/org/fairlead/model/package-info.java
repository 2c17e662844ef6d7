/** What the operator wrote: immutable records, valid by construction, nothing measured and nothing live. */
package org.fairlead.model;
