/** Text for other programs. */
@Export
@Version("1.0.0")
package org.sallyport.protocol.text;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
