/** Managed nodes: activations, registration, inventory, tiers. */
@Export
@Version("1.2.0")
package org.sallyport.api.node;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
