package org.sallyport.front.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.SallyportException;

/** AWS's query protocol: a form with {@code Action} and {@code Version}, answers in XML. */
final class QueryProtocol implements WireProtocol {
    /** The services that speak it, each known by its version. */
    private enum Service {
        STS("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"),
        IAM("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/");

        private final String version;
        private final String namespace;

        Service(String version, String namespace) {
            this.version = version;
            this.namespace = namespace;
        }

        static Optional<Service> of(String version) {
            return Stream.of(values()).filter(s -> s.version.equals(version)).findFirst();
        }
    }

    private static final String CONTENT_TYPE = "text/xml";
    private static final int MAX_PARAMETERS = 1000;

    private final WireRequest request;
    private Service service = Service.STS;
    private String action = "";

    QueryProtocol(WireRequest request) {
        this.request = request;
    }

    @Override
    public String target() {
        Map<String, String> form = form();
        Optional<Service> named = Service.of(form.getOrDefault("Version", ""));
        service = named.orElse(Service.STS);
        action = form.getOrDefault("Action", "");
        return named.map(s -> s.name().toLowerCase(Locale.ROOT) + "." + action).orElse("");
    }

    @Override
    public JsonNode input() {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        form().forEach(members::put);
        return members.remove(List.of("Action", "Version"));
    }

    @Override
    public Answer success(String requestId, Output output) {
        byte[] body = XmlText.document(action + "Response", service.namespace, xml -> {
            xml.open(action + "Result");
            xml.members(output.members());
            xml.close();
            xml.open("ResponseMetadata");
            xml.member("RequestId", requestId);
            xml.close();
        });
        return new Answer(200, CONTENT_TYPE, Map.of("x-amzn-RequestId", requestId), body);
    }

    @Override
    public String name(AwsError error) {
        return error.query();
    }

    @Override
    public Answer failure(String requestId, AwsError error, String message) {
        byte[] body = XmlText.document("ErrorResponse", service.namespace, xml -> {
            xml.open("Error");
            xml.member("Type", error.queryStatus() < 500 ? "Sender" : "Receiver");
            xml.member("Code", error.query());
            xml.member("Message", message);
            xml.close();
            xml.member("RequestId", requestId);
        });
        Map<String, String> headers = Map.of("x-amzn-RequestId", requestId, "x-amzn-ErrorType", error.query());
        return new Answer(error.queryStatus(), CONTENT_TYPE, headers, body);
    }

    private Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        String[] pairs = new String(request.body(), StandardCharsets.ISO_8859_1).split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            throw malformed("more than " + MAX_PARAMETERS + " parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (!name.isEmpty() && form.put(name, value) != null) {
                throw malformed("a parameter stands there twice");
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("a percent sign without two hexadecimal digits");
        }
    }

    private static SallyportException malformed(String problem) {
        return new SallyportException(RequestError.SERIALIZATION, "The form in the body is malformed: " + problem);
    }
}
