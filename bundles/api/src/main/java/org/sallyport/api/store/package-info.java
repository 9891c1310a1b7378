/** Durable records for adapters. */
@Export
@Version("1.0.0")
package org.sallyport.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
