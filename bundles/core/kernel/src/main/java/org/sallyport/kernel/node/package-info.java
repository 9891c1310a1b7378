/** What core bundles ask of core/node. */
@Export
@Version("1.1.0")
package org.sallyport.kernel.node;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
