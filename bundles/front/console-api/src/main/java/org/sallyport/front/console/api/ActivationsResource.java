package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.ActivationOptions;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.Activations.Filter;
import org.sallyport.api.node.Activations.NewActivation;
import org.sallyport.protocol.enrol.AmazonAgentSetup;

/** Hybrid activations. */
@Path("activations")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class ActivationsResource {
    private static final String DEFAULT_ROLE = "SSMServiceRole";

    private final Services services;
    private final Clock clock;

    ActivationsResource(Services services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** @param used how many nodes registered with it */
    record Activated(
            String id,
            String description,
            @Maybe String defaultName,
            String role,
            int limit,
            int used,
            String expiresAt,
            boolean expired,
            String createdAt,
            Map<String, String> tags,
            List<String> sources,
            boolean approval) {
        static Activated of(Activation activation, Instant now) {
            return new Activated(
                    activation.id(),
                    activation.description(),
                    activation.defaultInstanceName().orElse(null),
                    activation.role(),
                    activation.limit(),
                    activation.registrations(),
                    activation.expires().toString(),
                    activation.expiredAt(now),
                    activation.created().toString(),
                    activation.tags(),
                    activation.options().sources(),
                    activation.options().approval());
        }
    }

    /**
     * What a new one is to be; what is left out has Session Manager's default.
     *
     * @param sources ranges of addresses that nodes may register from, like {@code 192.0.2.0/24}; any without
     * @param approval whether a person must let each node in
     */
    record WantedActivation(
            @Maybe String description,
            @Maybe String defaultName,
            @Maybe String role,
            @Maybe Integer limit,
            @Maybe Integer expiresInHours,
            @Maybe Map<String, String> tags,
            @Maybe List<String> sources,
            @Maybe Boolean approval) {}

    /**
     * A new one. {@code toString} hides the code.
     *
     * @param code is shown this once
     * @param enrol for a machine that has the agent: one line for its shell; it asks for the code, so that the code stands in no history and no
     *     process list
     * @param lines for a machine that has nothing: one line by platform ({@code linux}, {@code macos}, {@code windows}) that this server has a package for
     * @param amazonScript for Linux with amazon-ssm-agent: configures that agent and registers it; it asks for the code
     */
    record Made(String id, String code, String enrol, Map<String, String> lines, String amazonScript) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    @GET
    public Listing<Activated> list(
            @QueryParam("id") List<String> ids,
            @QueryParam("defaultName") List<String> defaultNames,
            @QueryParam("role") List<String> roles,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        List<Filter> filters = new ArrayList<>();
        add("ActivationIds", ids, filters);
        add("DefaultInstanceName", defaultNames, filters);
        add("IamRole", roles, filters);
        Instant now = clock.instant();
        return Paging.listing(
                services.activations().list(Caller.of(security).person(), filters, Paging.request(max, next)),
                activation -> Activated.of(activation, now));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 201, body = Made.class)
    public Response create(WantedActivation wanted, @Context SecurityContext security) {
        Inputs.body(wanted);
        // before anything is made: an activation whose answer fails would be of no use to anybody
        ServerAddress address = services.address();
        TlsIdentity tls = services.tls();
        AmazonAgentSetup amazon = new AmazonAgentSetup(
                address.api(),
                URI.create("https://" + address.channel().getRawAuthority()),
                address.region(),
                List.of(tls.caPem()));
        Created created = services.activations()
                .create(
                        Caller.of(security).person(),
                        new NewActivation(
                                Inputs.text(wanted.description()).orElse(""),
                                Inputs.text(wanted.defaultName()),
                                Inputs.text(wanted.role()).orElse(DEFAULT_ROLE),
                                wanted.limit() == null ? 1 : wanted.limit(),
                                Optional.ofNullable(wanted.expiresInHours())
                                        .map(hours -> clock.instant().plus(Duration.ofHours(hours))),
                                wanted.tags() == null ? Map.of() : wanted.tags(),
                                new ActivationOptions(
                                        wanted.sources() == null ? List.of() : wanted.sources(),
                                        Boolean.TRUE.equals(wanted.approval()))));
        String id = created.activation().id();
        return Response.status(201)
                .entity(new Made(
                        id,
                        created.code(),
                        enrol(address, tls.caFingerprint(), id),
                        services.enrolment().map(offer -> offer.lines(id)).orElse(Map.of()),
                        amazon.script(id)))
                .build();
    }

    @DELETE
    @Path("{id}")
    @Answers(status = 204)
    public void delete(@PathParam("id") String id, @Context SecurityContext security) {
        services.activations().delete(Caller.of(security).person(), id);
    }

    private static void add(String key, List<String> values, List<Filter> filters) {
        if (!values.isEmpty()) {
            filters.add(new Filter(key, values));
        }
    }

    private static String enrol(ServerAddress address, String fingerprint, String id) {
        return "sallyport-agent register --url %s --channel-url https://%s --region %s --ca-fingerprint %s --id %s"
                .formatted(address.api(), address.channel().getRawAuthority(), address.region(), fingerprint, id);
    }
}
