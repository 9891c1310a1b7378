package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.adapter.policy.iam.document.MalformedPolicyException;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.adapter.policy.iam.evaluate.PolicyAgreement;
import org.sallyport.adapter.policy.iam.lint.Linter;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.SallyportException;
import org.sallyport.front.aws.model.InputValidation;
import org.sallyport.front.aws.model.OperationModel;
import org.sallyport.front.aws.model.ServiceModels;
import org.sallyport.protocol.sigv4.Authorization;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Verifier;
import org.sallyport.protocol.sigv4.SignatureFormatException;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyDocuments;
import org.sallyport.spi.access.PolicyKind;

/**
 * Any bytes as what a stranger sends to the API port, or an administrator stores: a form of the query protocol, a body in JSON, a policy, the header and
 * the query of a signature; and choices of policies and requests on which the engine and a second evaluator must agree. The first byte says which,
 * the second chooses among operations or kinds.
 */
class ApiFuzzTest {
    private static final ServiceModels MODELS = new ServiceModels();
    private static final List<OperationModel> OPERATIONS = MODELS.all().stream()
            .sorted(Comparator.comparing(OperationModel::target))
            .toList();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final IamAuthorizer AUTHORIZER = new IamAuthorizer();
    private static final AccessRequest ASKED = new AccessRequest(
            new Principal("123456789012", PrincipalType.USER, "AIDA1", "bob", "arn:aws:iam::123456789012:user/bob"),
            "ssm:StartSession",
            "arn:aws:ssm:eu-central-1:123456789012:managed-instance/mi-0123456789abcdef0",
            Map.of("aws:username", List.of("bob"), "aws:SourceIp", List.of("192.0.2.1")));

    @FuzzTest
    void api(byte[] data) {
        if (data.length < 2) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(data, 2, data.length);
        int choice = data[1] & 0xff;
        switch (Math.floorMod(data[0], 6)) {
            case 0 -> read(new QueryProtocol(request(rest)), choice);
            case 1 -> read(new JsonProtocol(request(rest)), choice);
            case 2 -> policy(new String(rest, StandardCharsets.UTF_8), choice);
            case 3 -> signed("", new String(rest, StandardCharsets.ISO_8859_1));
            case 4 -> signed(new String(rest, StandardCharsets.ISO_8859_1), "");
            default -> PolicyAgreement.check(rest);
        }
    }

    /** What is refused has one of the errors of reading, and an answer that can be read whatever the request held. */
    private static void read(WireProtocol protocol, int choice) {
        try {
            OperationModel model =
                    MODELS.operation(protocol.target()).orElseGet(() -> OPERATIONS.get(choice % OPERATIONS.size()));
            JsonNode input = protocol.input(model);
            assertThat(input.isObject()).isTrue();
            InputValidation.require(model, input);
        } catch (SallyportException e) {
            assertThat(e.code()).isInstanceOf(RequestError.class);
            assertThat(e.getMessage()).isNotBlank();
            byte[] answer =
                    protocol.failure("r", AwsError.of(e.code()), e.getMessage()).body();
            assertThat(protocol instanceof JsonProtocol ? json(answer) : xml(answer))
                    .contains(protocol.name(AwsError.of(e.code())));
        }
    }

    private static String json(byte[] answer) {
        try {
            return JSON.readTree(new String(answer, StandardCharsets.UTF_8))
                    .path("__type")
                    .asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError("the own answer cannot be read", e);
        }
    }

    private static String xml(byte[] answer) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        StringBuilder text = new StringBuilder();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(answer), "UTF-8");
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.CHARACTERS) {
                    text.append(reader.getText());
                }
            }
        } catch (XMLStreamException e) {
            throw new AssertionError("the own answer cannot be read", e);
        }
        return text.toString();
    }

    /** A document that cannot be read allows nothing; one that can is decided on and looked at without a failure. */
    private static void policy(String document, int choice) {
        PolicyKind kind = PolicyKind.values()[choice % PolicyKind.values().length];
        try {
            Policy policy = Policy.parse(kind, document);
            assertThat(policy.statements()).isNotEmpty();
            Linter.lint(policy).forEach(finding -> assertThat(finding.text()).isNotBlank());
        } catch (MalformedPolicyException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.detail()).isNotBlank();
        }
        Verdict verdict = AUTHORIZER.decide(ASKED, PolicyDocuments.ofIdentity(List.of(document)), Instant.MAX);
        try {
            Policy.parse(PolicyKind.INPUT, document);
        } catch (MalformedPolicyException e) {
            assertThat(verdict).isNotEqualTo(Verdict.ALLOWED);
        }
    }

    private static void signed(String query, String header) {
        List<Map.Entry<String, String>> headers = header.isEmpty()
                ? List.of(Map.entry("Host", "server.test"))
                : List.of(
                        Map.entry("Host", "server.test"),
                        Map.entry("X-Amz-Date", "20150830T123600Z"),
                        Map.entry("Authorization", header));
        HttpRequestView request = new HttpRequestView("POST", "/", query, headers, new byte[0]);
        try {
            Authorization signed = Authorization.parse(request);
            assertThat(signed.presigned()).isEqualTo(header.isEmpty());
            assertThat(signed.accessKeyId()).hasSizeBetween(1, 128);
            assertThat(signed.signedHeaders()).contains("host");
            assertThat(SigV4Verifier.hmacMatches(request, signed, "a secret that nobody has"))
                    .isFalse();
        } catch (SignatureFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static WireRequest request(byte[] body) {
        return new WireRequest(
                "POST", "/", "", List.of(Map.entry(JsonProtocol.TARGET, "AmazonSSM.StartSession")), body, "192.0.2.1");
    }
}
