package org.sallyport.channel.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Status and bounded body of an answer, and what can be read from it. The body is as hostile as the network. */
record ServiceAnswer(int status, byte[] body) {
    static final ObjectMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private static final int MAX_MESSAGE = 1_000;
    private static final Set<String> THROTTLED = Set.of(
            "ThrottlingException", "Throttling", "TooManyRequestsException", "TooManyUpdates", "RequestLimitExceeded");
    private static final String PROBLEM = "urn:sallyport:problem:";
    private static final Pattern XML_CODE = Pattern.compile("<([A-Za-z]{1,100}(?:Exception|Error))>");
    private static final Pattern XML_MESSAGE = Pattern.compile("<[Mm]essage>([^<]{0,1000})</[Mm]essage>");

    JsonNode json() throws IOException {
        if (body.length == 0) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IOException(
                    "The service's answer is not JSON (HTTP %d, %d bytes)".formatted(status, body.length), e);
        }
    }

    /** The direct child {@code TokenValue} of an XML answer. */
    String token() throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
            try {
                return token(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new IOException("The channel's answer is not XML (HTTP %d)".formatted(status), e);
        }
    }

    private static String token(XMLStreamReader reader) throws XMLStreamException, IOException {
        int depth = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw new IOException("The channel's answer has a document type");
            }
            if (event == XMLStreamConstants.START_ELEMENT
                    && ++depth == 2
                    && "TokenValue".equals(reader.getLocalName())) {
                return reader.getElementText();
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        throw new IOException("The channel's answer has no TokenValue");
    }

    boolean retryable() {
        return status >= 500 || status == 429 || status >= 400 && THROTTLED.contains(error().code());
    }

    /** The error in JSON or XML form, or a problem of RFC 9457; whatever it is, the result names the status. */
    ServiceException error() {
        String text = new String(body, StandardCharsets.UTF_8);
        String code = "";
        String message = "";
        if (text.stripLeading().startsWith("{")) {
            try {
                JsonNode json = json();
                code = json.path("__type").asText("");
                message = json.hasNonNull("message")
                        ? json.path("message").asText()
                        : json.path("Message").asText("");
                String type = json.path("type").asText("");
                if (type.startsWith(PROBLEM)) {
                    code = type.substring(PROBLEM.length());
                    message = json.path("detail").asText("");
                }
            } catch (IOException e) {
                message = e.getMessage();
            }
        } else {
            code = firstGroup(XML_CODE, text);
            message = firstGroup(XML_MESSAGE, text);
        }
        String name = code.substring(code.lastIndexOf('#') + 1);
        return new ServiceException(
                status,
                name.isEmpty() ? "HTTP " + status : printable(name),
                message.isEmpty() ? "the service answered with status " + status : printable(message));
    }

    private static String firstGroup(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String printable(String text) {
        String cut = text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text;
        return cut.replaceAll("\\p{Cntrl}", " ");
    }
}
