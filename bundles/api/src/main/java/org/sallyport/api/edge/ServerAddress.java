package org.sallyport.api.edge;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/** The server's names as the outside knows them; configuration, stable for the life of a session. */
@ProviderType
public interface ServerAddress {

    /** Region name of ARNs and credential scopes, for instance {@code onprem-1}. */
    String region();

    /** Twelve digits. */
    String accountId();

    /** {@code https://host:port} of the API port. */
    URI api();

    /** {@code wss://host:port} of the channel port. */
    URI channel();
}
