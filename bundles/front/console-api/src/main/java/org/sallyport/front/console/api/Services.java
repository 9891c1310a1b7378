package org.sallyport.front.console.api;

import org.sallyport.api.access.SecondFactors;
import org.sallyport.api.access.TemporaryLogins;
import org.sallyport.api.access.WebSessions;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.node.Activations;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.session.Sessions;

/** What the resources call. Each may be swapped at any time: ask again for each call. All throw {@code SERVICE_AWAY} while there is none. */
interface Services {
    WebSessions webSessions();

    TemporaryLogins logins();

    SecondFactors secondFactors();

    Nodes nodes();

    Activations activations();

    Sessions sessions();

    ServerAddress address();

    TlsIdentity tls();

    /** The server's version. */
    String version();
}
