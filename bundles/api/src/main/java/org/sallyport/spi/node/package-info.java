/** What an adapter implements to admit nodes and to gate tiers. See NodeAdmission first. */
@Export
@Version("2.0.0")
package org.sallyport.spi.node;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
