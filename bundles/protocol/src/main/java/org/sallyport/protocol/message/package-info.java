/** The binary message of control and data channels, and its payloads (data-channel specification, sections 3 and 4). */
@Export
@Version("1.0.0")
package org.sallyport.protocol.message;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
