/** People and programs by a token of an OpenID Connect issuer. Nothing here is exported. */
package org.sallyport.adapter.identity.oidc;
