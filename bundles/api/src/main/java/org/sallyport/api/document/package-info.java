/** Session documents. */
@Export
@Version("1.0.0")
package org.sallyport.api.document;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
