/** What agent and command line share on the way to the server. */
@Export
@Version("1.0.0")
package org.sallyport.channel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
