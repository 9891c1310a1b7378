/** Transactions, schemas and secrets, provided by core/store; and how statements are put to a connection. */
@Export
@Version("1.1.0")
package org.sallyport.kernel.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
