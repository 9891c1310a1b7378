/** The handshake at the beginning of some sessions, both ends (data-channel specification, section 5). */
@Export
@Version("1.0.0")
package org.sallyport.protocol.handshake;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
