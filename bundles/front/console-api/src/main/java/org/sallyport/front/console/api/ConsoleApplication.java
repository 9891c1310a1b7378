package org.sallyport.front.console.api;

import jakarta.ws.rs.core.Application;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationBase;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsName;
import org.sallyport.api.access.SecondFactors;
import org.sallyport.api.access.TemporaryLogins;
import org.sallyport.api.access.WebSessions;
import org.sallyport.api.audit.AuditLog;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.edge.Enrolment;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activations;
import org.sallyport.api.node.NodeLife;
import org.sallyport.api.node.NodeUsage;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.node.ResourceTags;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.session.Sessions;

/**
 * The console's API as an application of its own, so that its filters and its JSON touch no other front. It holds the open event
 * streams, so each service it calls may be swapped under it: while one is away, calls that need it get 503.
 */
@Component(service = Application.class)
@JakartarsName("sallyport-console-api")
@JakartarsApplicationBase(ConsoleApplication.BASE)
public final class ConsoleApplication extends Application implements Services {
    /** Where the API is on the API port. */
    static final String BASE = "/console/api/v1";

    /** The classes that answer, in the order of the API's description. */
    static final List<Class<?>> RESOURCES = List.of(
            SessionResource.class,
            LoginsResource.class,
            SecondFactorResource.class,
            UsersResource.class,
            UserKeysResource.class,
            UserPasswordResource.class,
            UserPoliciesResource.class,
            GroupsResource.class,
            GroupPoliciesResource.class,
            RolesResource.class,
            RolePoliciesResource.class,
            PoliciesResource.class,
            PolicyVersionsResource.class,
            PolicyReviewsResource.class,
            SimulationsResource.class,
            DenialsResource.class,
            ServerResource.class,
            NodesResource.class,
            NodeActionsResource.class,
            SettingsResource.class,
            UsageResource.class,
            ActivationsResource.class,
            SessionsResource.class,
            AuditResource.class,
            EventsResource.class,
            OpenApiResource.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile WebSessions webSessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile TemporaryLogins logins;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SecondFactors secondFactors;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Nodes nodes;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Activations activations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeLife nodeLife;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ResourceTags tags;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ServiceSettings settings;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeUsage usage;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sessions sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ServerAddress address;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile TlsIdentity tls;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Enrolment enrolment;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile AuditTrail audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile AuditLog auditLog;

    private final AccessReferences access;
    private final String version;
    private final EventStreams streams;

    @Activate
    public ConsoleApplication(BundleContext context, @Reference AccessReferences access) {
        this.access = access;
        version = context.getBundle().getVersion().toString();
        streams = new EventStreams(this);
    }

    /** Closes the event streams, since a browser comes back by itself when it sees the close. */
    @Deactivate
    void stop() {
        streams.close();
    }

    /** Deprecated and without a successor for what is made with state: classes alone could not be given the services. */
    @Override
    @SuppressWarnings("deprecation")
    public Set<Object> getSingletons() {
        return singletons(this, streams, Clock.systemUTC());
    }

    /** Everything that the application is made of. */
    static Set<Object> singletons(Services services, EventStreams streams, Clock clock) {
        Set<Object> all = new LinkedHashSet<>();
        all.add(new SessionResource(services));
        all.add(new LoginsResource(services));
        all.add(new SecondFactorResource(services));
        all.add(new UsersResource(services));
        all.add(new UserKeysResource(services));
        all.add(new UserPasswordResource(services));
        all.add(new UserPoliciesResource(services));
        all.add(new GroupsResource(services));
        all.add(new GroupPoliciesResource(services));
        all.add(new RolesResource(services));
        all.add(new RolePoliciesResource(services));
        all.add(new PoliciesResource(services));
        all.add(new PolicyVersionsResource(services));
        all.add(new PolicyReviewsResource(services));
        all.add(new SimulationsResource(services));
        all.add(new DenialsResource(services));
        all.add(new ServerResource(services));
        all.add(new NodesResource(services, clock));
        all.add(new NodeActionsResource(services));
        all.add(new SettingsResource(services));
        all.add(new UsageResource(services, clock));
        all.add(new ActivationsResource(services, clock));
        all.add(new SessionsResource(services));
        all.add(new AuditResource(services));
        all.add(new EventsResource(streams));
        all.add(new OpenApiResource());
        all.add(new AuditedCalls(services));
        all.add(new AuditBegin());
        all.add(new Guard(services));
        all.add(new BodyLimit());
        all.add(new AnswerHeaders());
        all.add(new Problems());
        all.add(new Json());
        all.add(JacksonFeature.withoutExceptionMappers());
        return all;
    }

    @Override
    public WebSessions webSessions() {
        return present(webSessions, "Sign-in");
    }

    @Override
    public TemporaryLogins logins() {
        return present(logins, "Sign-in");
    }

    @Override
    public SecondFactors secondFactors() {
        return present(secondFactors, "Sign-in");
    }

    @Override
    public AccessServices access() {
        return access;
    }

    @Override
    public Nodes nodes() {
        return present(nodes, "The node engine");
    }

    @Override
    public Activations activations() {
        return present(activations, "The node engine");
    }

    @Override
    public NodeLife nodeLife() {
        return present(nodeLife, "The node engine");
    }

    @Override
    public ResourceTags tags() {
        return present(tags, "The node engine");
    }

    @Override
    public ServiceSettings settings() {
        return present(settings, "The node engine");
    }

    @Override
    public NodeUsage usage() {
        return present(usage, "The node engine");
    }

    @Override
    public Sessions sessions() {
        return present(sessions, "The session engine");
    }

    @Override
    public ServerAddress address() {
        return present(address, "The server's address");
    }

    @Override
    public TlsIdentity tls() {
        return present(tls, "The server's certificate");
    }

    @Override
    public Optional<Enrolment> enrolment() {
        return Optional.ofNullable(enrolment);
    }

    @Override
    public AuditTrail audit() {
        AuditTrail current = audit;
        return current == null ? AuditTrail.away() : current;
    }

    @Override
    public AuditLog auditLog() {
        return present(auditLog, "The audit trail");
    }

    @Override
    public String version() {
        return version;
    }

    private static <T> T present(T service, String what) {
        if (service == null) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY, what + " is not available at the moment; try again in a second.");
        }
        return service;
    }
}
