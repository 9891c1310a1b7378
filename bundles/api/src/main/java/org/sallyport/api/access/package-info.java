/** Who calls, and whether they may. */
@Export
@Version("1.1.0")
package org.sallyport.api.access;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
