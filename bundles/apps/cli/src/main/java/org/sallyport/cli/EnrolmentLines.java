package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.cli.terminal.PlainText;

/** Asks the server for the lines with which a machine that has nothing becomes a node; it alone knows the hash of its install script. */
final class EnrolmentLines {
    static final String WINDOWS = "Windows";

    private static final String PATH = "/enrol/lines.json";
    private static final int LONGEST = 4096;
    private static final Map<String, String> NAMES = Map.of("linux", "Linux", "macos", "macOS", "windows", WINDOWS);

    private EnrolmentLines() {}

    /** By the platform's name, without the activation's id; empty where the server has no package, or is of another kind. */
    static Map<String, String> of(ServiceClient client) {
        Map<String, String> lines = new LinkedHashMap<>();
        try {
            JsonNode offered = client.callOwn("GET", PATH, null);
            offered.properties().forEach(one -> {
                String name = NAMES.get(one.getKey());
                String line = one.getValue().asText("");
                if (name != null && !line.isEmpty() && line.length() < LONGEST) {
                    lines.put(name, PlainText.of(line));
                }
            });
        } catch (IOException | ServiceException e) {
            // The activation is there, and its code is told only now: without the lines there is still the other way.
            return Map.of();
        }
        return lines;
    }
}
