package org.sallyport.adapter.issuer;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;

/** Follows an issuer's discovery document (OpenID Connect Discovery 1.0, section 4) to its keys, anew each time: issuers move them. */
record Discovery(ResourceRetriever fetch, String issuer) implements ResourceRetriever {
    static final String PATH = "/.well-known/openid-configuration";

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try {
            Map<String, Object> document =
                    JSONObjectUtils.parse(fetch.retrieveResource(url).getContent());
            if (!issuer.equals(document.get("issuer"))) {
                throw new IOException("the discovery document of " + issuer + " is another issuer's");
            }
            String keys = JSONObjectUtils.getString(document, "jwks_uri");
            if (keys == null || !keys.startsWith("https://")) {
                throw new IOException("the discovery document of " + issuer + " names no https address of keys");
            }
            return fetch.retrieveResource(URI.create(keys).toURL());
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("the discovery document of " + issuer + " cannot be read", e);
        }
    }
}
