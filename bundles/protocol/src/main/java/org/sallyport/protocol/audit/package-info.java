/** Lines of the audit trail and what makes them a chain; {@code docs/audit-format.md} says the same to people. */
@Export
@Version("1.0.0")
package org.sallyport.protocol.audit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
