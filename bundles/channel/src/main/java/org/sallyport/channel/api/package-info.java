/** Calls of the server's API: AWS JSON 1.1 and the two requests of the channel port. */
@Export
@Version("1.0.0")
package org.sallyport.channel.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
