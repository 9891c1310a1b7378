package org.sallyport.front.aws;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.RequestVerifier;
import org.sallyport.api.access.VerifiedCaller;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.Kind;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.metrics.Meters;
import org.sallyport.front.aws.model.InputValidation;
import org.sallyport.front.aws.model.OperationModel;
import org.sallyport.front.aws.model.ServiceModels;
import org.sallyport.spi.metrics.MeterSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request to its operation: signature first, then parsing, then validation, then the call. Operations and the verifier come
 * and go while it runs; what is away is answered with 503 and {@code Retry-After}. Any thread; blocks as the services called do.
 */
@Component(service = {Dispatcher.class, MeterSource.class})
public class Dispatcher implements MeterSource {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final ServiceModels models;
    private final RequestMeters meters = new RequestMeters();
    private final Map<String, Served> operations = new ConcurrentHashMap<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile RequestVerifier verifier;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile AuditTrail trail;

    private record Served(Operation operation, boolean signed) {}

    @Activate
    public Dispatcher() {
        this(new ServiceModels());
    }

    Dispatcher(ServiceModels models) {
        this.models = models;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindOperation(Operation operation, Map<String, Object> properties) {
        // unsigned only when said so: a missing property must not open anything
        boolean signed = !Boolean.FALSE.equals(properties.get(Serves.PREFIX_ + "signed"));
        operations.put(target(properties), new Served(operation, signed));
    }

    void unbindOperation(Operation operation, Map<String, Object> properties) {
        operations.computeIfPresent(
                target(properties), (target, served) -> served.operation() == operation ? null : served);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSet(OperationSet set) {
        set.operations().forEach((target, operation) -> operations.put(target, new Served(operation, true)));
    }

    void unbindSet(OperationSet set) {
        set.operations()
                .forEach((target, operation) -> operations.computeIfPresent(
                        target, (same, served) -> served.operation() == operation ? null : served));
    }

    @Override
    public void read(Meters taken) {
        meters.read(taken);
    }

    Answer handle(WireRequest request) {
        long begun = System.nanoTime();
        WireProtocol protocol = protocol(request);
        Answer answer = answer(request, protocol);
        meters.answered(operation(protocol), answer.status(), System.nanoTime() - begun);
        return answer;
    }

    private String operation(WireProtocol protocol) {
        try {
            return models.operation(protocol.target()).map(OperationModel::name).orElse(RequestMeters.UNKNOWN);
        } catch (SallyportException e) {
            LOG.debug("A request that names no operation", e);
            return RequestMeters.UNKNOWN;
        }
    }

    private Answer answer(WireRequest request, WireProtocol protocol) {
        try (AuditedRequest audited = audited(request)) {
            try {
                OperationModel model = model(protocol);
                Output output = call(request, protocol, model, audited);
                audited.done(output);
                return protocol.success(audited.requestId(), model, output);
            } catch (SallyportException e) {
                return refusal(audited, protocol, e);
            } catch (RuntimeException e) {
                return defect(audited, protocol, e);
            }
        }
    }

    /** The answer to a request whose body was not taken. */
    Answer refuse(WireRequest withoutBody, SallyportException refusal) {
        try (AuditedRequest audited = audited(withoutBody)) {
            return refusal(audited, protocol(withoutBody), refusal);
        }
    }

    /** The answer to a method that no operation is called with. */
    Answer unknown(WireRequest request) {
        try (AuditedRequest audited = audited(request)) {
            return refusal(
                    audited,
                    new JsonProtocol(request),
                    new SallyportException(RequestError.OPERATION_UNKNOWN, "Operations are called with POST"));
        }
    }

    private AuditedRequest audited(WireRequest request) {
        AuditTrail current = trail;
        return AuditedRequest.open(
                current == null ? AuditTrail.away() : current,
                request,
                UUID.randomUUID().toString());
    }

    private static WireProtocol protocol(WireRequest request) {
        return request.header(JsonProtocol.TARGET).isPresent() ? new JsonProtocol(request) : new QueryProtocol(request);
    }

    private OperationModel model(WireProtocol protocol) {
        return models.operation(protocol.target())
                .orElseThrow(() -> new SallyportException(
                        RequestError.OPERATION_UNKNOWN, "This server has no operation of that name and version"));
    }

    private Output call(WireRequest request, WireProtocol protocol, OperationModel model, AuditedRequest audited) {
        audited.about(model);
        Served served = operations.get(model.target());
        if (served == null) {
            throw away("Operation " + model.name());
        }
        Optional<VerifiedCaller> caller = served.signed() ? Optional.of(verified(request, model)) : Optional.empty();
        caller.ifPresent(audited::by);
        Input input = new Input(protocol.input(model));
        InputValidation.require(model, input.node());
        audited.begins(model, input);
        // the API port is TLS only
        Origin origin = Origin.overTls(request.sourceAddress(), request.header("User-Agent"));
        return served.operation().call(new Operation.Call(caller.map(VerifiedCaller::principal), input, origin));
    }

    private VerifiedCaller verified(WireRequest request, OperationModel model) {
        RequestVerifier current = verifier;
        if (current == null) {
            throw away("The verification of signatures");
        }
        try {
            return current.verify(request, model.signingName());
        } catch (SallyportException e) {
            WireRequest other = ContentTypeSpelling.lowerCase(request)
                    .filter(unused -> e.code() == AccessError.SIGNATURE_WRONG)
                    .orElseThrow(() -> e);
            return current.verify(other, model.signingName());
        }
    }

    private static SallyportException away(String what) {
        return new SallyportException(
                CommonError.SERVICE_AWAY, what + " is not available at the moment; try again in a second");
    }

    private static Answer refusal(AuditedRequest audited, WireProtocol protocol, SallyportException e) {
        if (e.code().kind() == Kind.INTERNAL) {
            return defect(audited, protocol, e);
        }
        LOG.debug("Request {} refused: {}", audited.requestId(), e.code().name(), e);
        AwsError error = AwsError.of(e.code());
        audited.failed(protocol.name(error), e.getMessage());
        return protocol.failure(audited.requestId(), error, e.getMessage());
    }

    private static Answer defect(AuditedRequest audited, WireProtocol protocol, RuntimeException e) {
        LOG.error("Request {} failed by a defect of the server", audited.requestId(), e);
        AwsError error = AwsError.of(CommonError.INTERNAL);
        String message = "The server failed at this request; its log says more under " + audited.requestId();
        audited.failed(protocol.name(error), message);
        return protocol.failure(audited.requestId(), error, message);
    }

    private static String target(Map<String, Object> properties) {
        return String.valueOf(properties.get(Serves.PREFIX_ + "target"));
    }
}
