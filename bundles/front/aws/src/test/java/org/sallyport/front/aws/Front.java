package org.sallyport.front.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.node.NodeUsage;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.front.aws.cloudtrail.LookupEvents;
import org.sallyport.front.aws.ec2messages.GetMessages;
import org.sallyport.front.aws.model.ServiceModels;
import org.sallyport.front.aws.own.GetNodeUsage;
import org.sallyport.front.aws.ssm.AddTagsToResource;
import org.sallyport.front.aws.ssm.CreateActivation;
import org.sallyport.front.aws.ssm.DeleteActivation;
import org.sallyport.front.aws.ssm.DeregisterManagedInstance;
import org.sallyport.front.aws.ssm.DescribeActivations;
import org.sallyport.front.aws.ssm.DescribeInstanceInformation;
import org.sallyport.front.aws.ssm.DescribeInstanceProperties;
import org.sallyport.front.aws.ssm.DescribeSessions;
import org.sallyport.front.aws.ssm.GetConnectionStatus;
import org.sallyport.front.aws.ssm.GetServiceSetting;
import org.sallyport.front.aws.ssm.ListInstanceAssociations;
import org.sallyport.front.aws.ssm.ListTagsForResource;
import org.sallyport.front.aws.ssm.RegisterManagedInstance;
import org.sallyport.front.aws.ssm.RemoveTagsFromResource;
import org.sallyport.front.aws.ssm.RequestManagedInstanceRoleToken;
import org.sallyport.front.aws.ssm.ResetServiceSetting;
import org.sallyport.front.aws.ssm.ResumeSession;
import org.sallyport.front.aws.ssm.StartSession;
import org.sallyport.front.aws.ssm.TerminateSession;
import org.sallyport.front.aws.ssm.UpdateInstanceInformation;
import org.sallyport.front.aws.ssm.UpdateManagedInstancePublicKey;
import org.sallyport.front.aws.ssm.UpdateManagedInstanceRole;
import org.sallyport.front.aws.ssm.UpdateServiceSetting;
import org.sallyport.front.aws.sts.AssumeRole;
import org.sallyport.front.aws.sts.AssumeRoleWithWebIdentity;
import org.sallyport.front.aws.sts.DecodeAuthorizationMessage;
import org.sallyport.front.aws.sts.GetAccessKeyInfo;
import org.sallyport.front.aws.sts.GetCallerIdentity;
import org.sallyport.front.aws.sts.GetSessionToken;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Signer;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.sallyport.test.contract.KeptTrail;

/** The dispatcher with all operations over fake services, and a client that signs. */
final class Front {
    static final SigningCredentials CLIENT =
            new SigningCredentials(KnownKeyVerifier.KEY, KnownKeyVerifier.SECRET, Optional.empty());
    static final String SOURCE = "192.0.2.7";

    private static final ServiceModels MODELS = new ServiceModels();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    final FakeActivations activations = new FakeActivations();
    final FakeNodes nodes = new FakeNodes();
    final FakeLife life = new FakeLife();
    final FakeTags tags = new FakeTags();
    final FakeSettings settings = new FakeSettings();
    final FakeSessions sessions = new FakeSessions();
    final FakeDecisions decisions = new FakeDecisions();
    final FakeIam iam = new FakeIam(decisions);
    final KeptTrail trail = new KeptTrail();
    final Dispatcher dispatcher = new Dispatcher(MODELS);
    final List<Operation> operations;
    private final List<OperationSet> sets = iam.sets();

    Front() {
        FakeAddress address = new FakeAddress();
        dispatcher.verifier = new KnownKeyVerifier();
        dispatcher.trail = trail;
        operations = List.of(
                new CreateActivation(activations),
                new DescribeActivations(activations),
                new DeleteActivation(activations),
                new RegisterManagedInstance(nodes),
                new RequestManagedInstanceRoleToken(nodes),
                new UpdateManagedInstancePublicKey(nodes),
                new UpdateInstanceInformation(nodes),
                new ListInstanceAssociations(decisions, address),
                new DescribeInstanceInformation(nodes),
                new DescribeInstanceProperties(nodes),
                new DeregisterManagedInstance(life),
                new UpdateManagedInstanceRole(life),
                new GetConnectionStatus(nodes),
                new GetServiceSetting(settings),
                new UpdateServiceSetting(settings),
                new ResetServiceSetting(settings),
                new AddTagsToResource(tags),
                new ListTagsForResource(tags),
                new RemoveTagsFromResource(tags),
                new GetNodeUsage(usage()),
                new StartSession(sessions),
                new ResumeSession(sessions),
                new TerminateSession(sessions),
                new DescribeSessions(sessions),
                new GetMessages(decisions, address),
                new GetCallerIdentity(decisions),
                new AssumeRole(iam.sessions.service()),
                new AssumeRoleWithWebIdentity(iam.sessions.service()),
                new GetSessionToken(iam.sessions.service()),
                new GetAccessKeyInfo(iam.account.service()),
                new DecodeAuthorizationMessage(decisions, iam.explainer.service()),
                new LookupEvents(trail));
        operations.forEach(operation -> dispatcher.bindOperation(operation, properties(operation)));
        sets.forEach(dispatcher::bindSet);
    }

    private static NodeUsage usage() {
        return new NodeUsage() {
            @Override
            public Page<Row> rows(Principal caller, LocalDate from, LocalDate to, PageRequest page) {
                return new Page<>(
                        List.of(new Row(
                                from, FakeNodes.ID, "advanced", Map.of("team", "blue"), Duration.ofMinutes(90))),
                        Optional.empty());
            }

            @Override
            public Page<Total> totals(Principal caller, LocalDate from, LocalDate to, Grouping by, PageRequest page) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** All that it serves. */
    List<String> targets() {
        List<String> targets = new ArrayList<>();
        operations.forEach(operation ->
                targets.add(operation.getClass().getAnnotation(Serves.class).target()));
        sets.forEach(set -> targets.addAll(set.operations().keySet()));
        return targets;
    }

    /** What IAM's services stand behind goes away. */
    void unbindSets() {
        sets.forEach(dispatcher::unbindSet);
    }

    static Map<String, Object> properties(Operation operation) {
        Serves serves = operation.getClass().getAnnotation(Serves.class);
        Map<String, Object> properties = new HashMap<>();
        properties.put(Serves.PREFIX_ + "target", serves.target());
        properties.put(Serves.PREFIX_ + "signed", serves.signed());
        return properties;
    }

    /** A signed call in the JSON protocol. */
    Answer json(String target, String body) {
        return dispatcher.handle(signed(jsonRequest(target, body), "ssm"));
    }

    /** A signed call in the query protocol. */
    Answer query(String form, String service) {
        return dispatcher.handle(signed(queryRequest(form), service));
    }

    static WireRequest jsonRequest(String target, String body) {
        return request(
                List.of(
                        Map.entry("Host", "gate.example.org:8443"),
                        Map.entry("Content-Type", "application/x-amz-json-1.1"),
                        Map.entry("X-Amz-Target", target)),
                body);
    }

    static WireRequest queryRequest(String form) {
        return request(
                List.of(
                        Map.entry("Host", "gate.example.org:8443"),
                        Map.entry("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")),
                form);
    }

    private static WireRequest request(List<Map.Entry<String, String>> headers, String body) {
        return new WireRequest("POST", "/", "", headers, body.getBytes(StandardCharsets.UTF_8), SOURCE);
    }

    static WireRequest signed(WireRequest request, String service) {
        return signed(request, service, CLIENT);
    }

    static WireRequest signed(WireRequest request, String service, SigningCredentials credentials) {
        HttpRequestView view = new HttpRequestView(
                request.method(), request.rawPath(), request.rawQuery(), request.headers(), request.body());
        List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
        headers.addAll(SigV4Signer.signHeaders(view, credentials, "onprem-1", service, NOW));
        return new WireRequest(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                headers,
                request.body(),
                request.sourceAddress());
    }

    static JsonNode body(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
