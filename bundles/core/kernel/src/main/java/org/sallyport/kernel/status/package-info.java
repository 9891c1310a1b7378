/** What core bundles tell an operator of themselves. */
@Export
@Version("1.0.0")
package org.sallyport.kernel.status;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
