/** Transactions, schemas and secrets, provided by core/store. */
@Export
@Version("1.0.0")
package org.sallyport.kernel.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
