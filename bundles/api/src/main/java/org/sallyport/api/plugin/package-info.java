/** The state of the adapters. */
@Export
@Version("1.0.0")
package org.sallyport.api.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
