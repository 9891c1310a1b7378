/** Strict, bounded JSON of messages: depth 32, no duplicate keys, no text longer than the message may hold. */
@Export
@Version("1.0.0")
package org.sallyport.protocol.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
