/** Web-socket frames and the upgrade to them (RFC 6455), without any socket: bytes in, calls out. */
@Export
@Version("1.0.0")
package org.sallyport.protocol.websocket;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
