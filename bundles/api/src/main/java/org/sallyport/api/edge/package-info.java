/** The server's outside: names, ports, certificates, how machines get in. */
@Export
@Version("1.1.0")
package org.sallyport.api.edge;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
