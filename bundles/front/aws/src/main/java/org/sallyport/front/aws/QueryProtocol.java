package org.sallyport.front.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.api.access.WireRequest;
import org.sallyport.front.aws.model.OperationModel;

/** AWS's query protocol: a form with {@code Action} and {@code Version}, answers in XML. Not for use by several threads. */
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
    private static final String ACTION = "Action";
    private static final String VERSION = "Version";

    private final WireRequest request;
    private Map<String, String> form;

    QueryProtocol(WireRequest request) {
        this.request = request;
    }

    @Override
    public String target() {
        return service()
                .map(s -> s.name().toLowerCase(Locale.ROOT) + "." + form().getOrDefault(ACTION, ""))
                .orElse("");
    }

    @Override
    public JsonNode input(OperationModel model) {
        return QueryInput.read(model, form());
    }

    @Override
    public Answer success(String requestId, OperationModel model, Output output) {
        byte[] body = XmlText.document(model.name() + "Response", namespace(), xml -> {
            if (model.output().isPresent()) {
                xml.open(model.name() + "Result");
                new XmlShapes(model, xml)
                        .members(output.members(), model.output().get());
                xml.close();
            }
            xml.open("ResponseMetadata");
            xml.text("RequestId", requestId);
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
        byte[] body = XmlText.document("ErrorResponse", namespace(), xml -> {
            xml.open("Error");
            xml.text("Type", error.queryStatus() < 500 ? "Sender" : "Receiver");
            xml.text("Code", error.query());
            xml.text("Message", message);
            xml.close();
            xml.text("RequestId", requestId);
        });
        Map<String, String> headers = Map.of("x-amzn-RequestId", requestId, "x-amzn-ErrorType", error.query());
        return new Answer(error.queryStatus(), CONTENT_TYPE, headers, body);
    }

    private Optional<Service> service() {
        return Service.of(form().getOrDefault(VERSION, ""));
    }

    /** Also of a request whose form cannot be read, since the refusal of that has a name space, too. */
    private String namespace() {
        return form == null ? Service.STS.namespace : service().orElse(Service.STS).namespace;
    }

    private Map<String, String> form() {
        if (form == null) {
            form = QueryForm.read(request.body());
        }
        return form;
    }
}
