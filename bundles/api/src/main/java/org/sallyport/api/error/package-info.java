/** One exception type, a code enum for each capability, a closed set of kinds. */
@Export
@Version("1.0.0")
package org.sallyport.api.error;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
