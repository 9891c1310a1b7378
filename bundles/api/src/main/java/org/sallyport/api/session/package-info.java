/** The life of a session. */
@Export
@Version("1.0.0")
package org.sallyport.api.session;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
