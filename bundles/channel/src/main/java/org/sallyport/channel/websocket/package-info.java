/** Web-sockets to the server: one shared network thread, TLS with pinned authorities, proxy, pings and deadlines. */
@Export
@Version("1.0.0")
package org.sallyport.channel.websocket;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
