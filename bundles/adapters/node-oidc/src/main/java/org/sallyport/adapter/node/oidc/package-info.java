/** Nodes by a token of an OpenID Connect issuer. Nothing here is exported. */
package org.sallyport.adapter.node.oidc;
