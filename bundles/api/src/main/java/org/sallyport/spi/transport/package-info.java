/** What an adapter implements to carry frames. See Transport first. */
@Export
@Version("1.0.0")
package org.sallyport.spi.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
