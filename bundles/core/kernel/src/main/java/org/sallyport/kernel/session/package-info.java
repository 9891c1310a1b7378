/** What core bundles ask of core/session. */
@Export
@Version("1.1.0")
package org.sallyport.kernel.session;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
