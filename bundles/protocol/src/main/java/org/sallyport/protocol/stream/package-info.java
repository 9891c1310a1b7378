/** The reliable byte streams of a data channel (data-channel specification, section 3.6), driven by the caller's clock. */
@Export
@Version("1.0.0")
package org.sallyport.protocol.stream;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
