/**
 * Signature Version 4 of HTTP requests: signing and checking, header and presigned form, and the variant with a node's RSA key
 * (node-agent specification, section 3.2). Pure functions; any thread.
 */
@Export
@Version("1.0.0")
package org.sallyport.protocol.sigv4;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
