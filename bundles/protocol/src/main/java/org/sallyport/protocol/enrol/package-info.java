/** What a machine is given so that it becomes a managed node. */
@Export
@Version("1.0.0")
package org.sallyport.protocol.enrol;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
