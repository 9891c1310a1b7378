package org.sallyport.core.access;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.RequestVerifier;
import org.sallyport.api.access.VerifiedCaller;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.node.NodeKeys;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Secrets;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.protocol.sigv4.Authorization;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SignatureFormatException;

/** Checks shape, scope and time of a signature, in this order, before anything is looked up; then the signature itself. */
@Component(service = RequestVerifier.class)
public final class SignatureVerifier implements RequestVerifier {
    /** Headers that decide who asks for what: a second one could be read by one part of the server and the first by another. */
    private static final List<String> SINGLE = List.of(
            "authorization",
            "host",
            "content-length",
            "content-type",
            "date",
            "transfer-encoding",
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-security-token",
            "x-amz-target");

    private final String region;
    private final SecretKeyCheck secretKeys;
    private final NodeKeyCheck nodeKeyCheck;
    private final Clock clock;

    /** Away while core/node is; then only the nodes' own keys cannot be checked. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile NodeKeys nodeKeys;

    @Activate
    public SignatureVerifier(
            @Reference Transactions transactions,
            @Reference Secrets secrets,
            @Reference ServerAddress address,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema) {
        this(transactions, secrets, Principals.of(address), Clock.systemUTC());
    }

    SignatureVerifier(Transactions transactions, Secrets secrets, Principals principals, Clock clock) {
        this.region = principals.region();
        this.secretKeys = new SecretKeyCheck(transactions, new KeyEnvelopes(secrets), principals);
        this.nodeKeyCheck = new NodeKeyCheck(principals);
        this.clock = clock;
    }

    @Override
    public VerifiedCaller verify(WireRequest request, String service) {
        HttpRequestView view = new HttpRequestView(
                request.method(), request.rawPath(), request.rawQuery(), request.headers(), request.body());
        if (!Authorization.present(view)) {
            throw new SallyportException(AccessError.AUTHENTICATION_MISSING, "Missing Authentication Token");
        }
        refuseDoubled(request);
        Authorization authorization = parse(view);
        checkScope(authorization, service);
        Instant now = clock.instant();
        SignatureWindow.check(authorization, now);
        Principal principal = NodeKeyCheck.concerns(authorization.accessKeyId())
                ? nodeKeyCheck.check(view, authorization, nodeKeys)
                : secretKeys.check(view, authorization, now);
        // both ports speak TLS only
        Origin origin = Origin.overTls(request.sourceAddress(), request.header("User-Agent"));
        return new VerifiedCaller(
                principal.from(origin), authorization.accessKeyId(), authorization.region(), authorization.service());
    }

    static SallyportException wrongSignature() {
        return wrong("The request signature we calculated does not match the signature you provided. Check your AWS"
                + " Secret Access Key and signing method. Consult the service documentation for details.");
    }

    private static SallyportException wrong(String message) {
        return new SallyportException(AccessError.SIGNATURE_WRONG, message);
    }

    private static void refuseDoubled(WireRequest request) {
        for (String name : SINGLE) {
            long count = request.headers().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .count();
            if (count > 1) {
                throw new SallyportException(
                        AccessError.SIGNATURE_INCOMPLETE,
                        "Header %s stands %d times in the request; send it once.".formatted(name, count));
            }
        }
    }

    private static Authorization parse(HttpRequestView view) {
        try {
            return Authorization.parse(view);
        } catch (SignatureFormatException e) {
            throw new SallyportException(
                    AccessError.SIGNATURE_INCOMPLETE,
                    "The request's signature cannot be read: %s.".formatted(e.getMessage()),
                    e);
        }
    }

    private void checkScope(Authorization authorization, String service) {
        if (!authorization.region().equals(region)) {
            throw wrong("Credential should be scoped to a valid region, not '%s'. This server's region is '%s'."
                    .formatted(authorization.region(), region));
        }
        if (!authorization.service().equals(service)) {
            throw wrong("Credential should be scoped to correct service: '%s'.".formatted(service));
        }
    }
}
