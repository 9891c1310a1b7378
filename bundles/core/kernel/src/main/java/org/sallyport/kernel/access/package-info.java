/** What core bundles ask of core/access. */
@Export
@Version("1.0.0")
package org.sallyport.kernel.access;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
