package org.sallyport.front.console.api;

import java.util.Optional;
import org.sallyport.api.access.SecondFactors;
import org.sallyport.api.access.TemporaryLogins;
import org.sallyport.api.access.WebSessions;
import org.sallyport.api.audit.AuditLog;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.edge.Enrolment;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.node.Activations;
import org.sallyport.api.node.NodeLife;
import org.sallyport.api.node.NodeUsage;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.node.ResourceTags;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.session.Sessions;

/** What the resources call. Each may be swapped at any time: ask again for each call. All but the trail throw {@code SERVICE_AWAY} while there is none. */
interface Services {
    WebSessions webSessions();

    TemporaryLogins logins();

    SecondFactors secondFactors();

    /** Users, groups, roles and policies. */
    AccessServices access();

    Nodes nodes();

    Activations activations();

    NodeLife nodeLife();

    ResourceTags tags();

    ServiceSettings settings();

    NodeUsage usage();

    Sessions sessions();

    ServerAddress address();

    TlsIdentity tls();

    /** Empty while nobody offers packages. Never throws. */
    Optional<Enrolment> enrolment();

    /** The trail, or what stands in for it. Never throws. */
    AuditTrail audit();

    AuditLog auditLog();

    /** The server's version. */
    String version();
}
