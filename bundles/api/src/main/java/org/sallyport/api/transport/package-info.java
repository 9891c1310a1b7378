/** What a transport hands its connections to. */
@Export
@Version("1.0.0")
package org.sallyport.api.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
