package org.sallyport.adapter.policy.iam.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sallyport.adapter.policy.iam.pattern.Glob;

/**
 * Reads the JSON of policy documents. Bounds: {@value #MAX_CHARS} characters of text, depth {@value #MAX_DEPTH}, no key twice, nothing after the
 * document.
 */
final class DocumentReader {
    /** What IAM's API accepts, white space included. */
    static final int MAX_CHARS = 131_072;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER = 64;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_CHARS)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private String version;
    private List<RawStatement> statements;

    private DocumentReader() {}

    static RawDocument read(String text) throws MalformedPolicyException {
        if (text.length() > MAX_CHARS) {
            throw MalformedPolicyException.syntax("The document is longer than %d characters.".formatted(MAX_CHARS));
        }
        if (!Glob.isLiteral(text)) {
            throw MalformedPolicyException.syntax("The document holds a code point that is no character.");
        }
        try (JsonParser parser = JSON.createParser(text)) {
            return new DocumentReader().document(parser);
        } catch (IOException e) {
            MalformedPolicyException malformed =
                    MalformedPolicyException.syntax("The document is no JSON within the bounds: " + firstLine(e));
            JsonLocation at = e instanceof JsonProcessingException json ? json.getLocation() : null;
            throw at == null ? malformed : malformed.at(at.getLineNr(), at.getColumnNr());
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private RawDocument document(JsonParser parser) throws IOException, MalformedPolicyException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw MalformedPolicyException.syntax("The document is no JSON object.");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonLocation at = parser.currentTokenLocation();
            parser.nextToken();
            try {
                element(name, parser);
            } catch (MalformedPolicyException e) {
                throw e.at(at.getLineNr(), at.getColumnNr());
            }
        }
        if (parser.nextToken() != null) {
            throw MalformedPolicyException.syntax("Something follows the document.");
        }
        if (statements == null || statements.isEmpty()) {
            throw MalformedPolicyException.syntax("The document has no Statement.");
        }
        return new RawDocument(version, List.copyOf(statements));
    }

    private void element(String name, JsonParser parser) throws IOException, MalformedPolicyException {
        switch (name) {
            case "Version" -> version = version(parser);
            case "Id" -> text(name, parser);
            case "Statement" -> statements = statements(parser);
            default -> throw MalformedPolicyException.syntax("There is no element %s.".formatted(name));
        }
    }

    private static String version(JsonParser parser) throws IOException, MalformedPolicyException {
        String text = text("Version", parser);
        if (!Set.of(RawDocument.WITH_VARIABLES, RawDocument.WITHOUT_VARIABLES).contains(text)) {
            throw MalformedPolicyException.syntax(
                    "Version must be %s or %s.".formatted(RawDocument.WITH_VARIABLES, RawDocument.WITHOUT_VARIABLES));
        }
        return text;
    }

    private static String text(String name, JsonParser parser) throws IOException, MalformedPolicyException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw MalformedPolicyException.syntax("%s must be text.".formatted(name));
        }
        return parser.getText();
    }

    private static List<RawStatement> statements(JsonParser parser) throws IOException, MalformedPolicyException {
        List<RawStatement> all = new ArrayList<>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            all.add(statement(parser));
            return all;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            all.add(statement(parser));
        }
        return all;
    }

    private static RawStatement statement(JsonParser parser) throws IOException, MalformedPolicyException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw MalformedPolicyException.syntax("A statement must be a JSON object.");
        }
        JsonLocation start = parser.currentTokenLocation();
        JsonNode node = JSON.readTree(parser);
        JsonLocation end = parser.currentLocation();
        try {
            return StatementReader.read(
                    node, new Span(start.getLineNr(), start.getColumnNr(), end.getLineNr(), end.getColumnNr()));
        } catch (MalformedPolicyException e) {
            throw e.at(start.getLineNr(), start.getColumnNr());
        }
    }
}
