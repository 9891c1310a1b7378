/** What core bundles ask of core/recording. */
@Export
@Version("1.0.0")
package org.sallyport.kernel.recording;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
