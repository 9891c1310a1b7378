package org.sallyport.agent.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.sallyport.agent.shell.ShellException;

/**
 * What a session document asks of the node (node-agent specification, section 7). What this agent cannot do is refused, never left out:
 * who asked for encryption or for another account must not get a session without.
 *
 * @param shellProfile typed into the shell at its start, empty for nothing
 */
record ShellDocument(String shellProfile) {
    private static final String SHELL = "Standard_Stream";
    private static final int MAX_CHARACTERS = 64 * 1024;
    private static final int MAX_PROFILE = 512;
    private static final ObjectMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /** @throws ShellException this agent cannot run it; the text says why */
    static ShellDocument parse(String json) throws ShellException {
        JsonNode document = read(json);
        String type = document.path("sessionType").asText("");
        if (!type.equals(SHELL)) {
            throw new ShellException(
                    "This node's agent knows no sessions of type \"%s\", only %s".formatted(printable(type), SHELL));
        }
        JsonNode inputs = document.path("inputs");
        if (!inputs.path("kmsKeyId").asText("").isEmpty()) {
            throw new ShellException("The session document asks for encryption with a KMS key,"
                    + " which this node's agent does not offer; remove kmsKeyId");
        }
        if (inputs.path("runAsEnabled").asBoolean(false)) {
            throw new ShellException("The session document asks to run as another account,"
                    + " which this node's agent does not offer; remove runAsEnabled");
        }
        String profile = inputs.path("shellProfile").path("linux").asText("");
        if (profile.length() > MAX_PROFILE) {
            throw new ShellException(
                    "The shell profile of the session document has more than %d characters".formatted(MAX_PROFILE));
        }
        return new ShellDocument(profile);
    }

    private static JsonNode read(String json) throws ShellException {
        if (json.length() > MAX_CHARACTERS) {
            throw new ShellException("The session document has more than %d characters".formatted(MAX_CHARACTERS));
        }
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ShellException("The session document is not well-formed JSON", e);
        }
    }

    private static String printable(String text) {
        String cut = text.length() > 100 ? text.substring(0, 100) : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
