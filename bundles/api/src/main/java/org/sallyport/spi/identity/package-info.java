/** What an adapter implements to bring people in. See IdentityProvider first. */
@Export
@Version("1.1.0")
package org.sallyport.spi.identity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
