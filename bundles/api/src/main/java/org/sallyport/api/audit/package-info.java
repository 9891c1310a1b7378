/** The trail of what was asked of the server, by whom, and what came of it. */
@Export
@Version("1.0.0")
package org.sallyport.api.audit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
