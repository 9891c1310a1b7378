/** Where measurements go. */
@Export
@Version("1.0.0")
package org.sallyport.api.metrics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
