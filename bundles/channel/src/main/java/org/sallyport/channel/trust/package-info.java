/** Whom agent and command line believe: pinned certificate authorities, the system's roots, and the proxy on the way. */
@Export
@Version("1.1.0")
package org.sallyport.channel.trust;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
