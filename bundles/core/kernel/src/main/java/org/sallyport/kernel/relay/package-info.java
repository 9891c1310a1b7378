/** What core bundles ask of core/relay. */
@Export
@Version("1.0.0")
package org.sallyport.kernel.relay;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
