/** What an adapter implements to decide requests. See Authorizer first. */
@Export
@Version("1.2.0")
package org.sallyport.spi.access;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
