/** Keys of OpenID Connect issuers. Adapters have it in their bundles, private to each. */
package org.sallyport.adapter.issuer;
