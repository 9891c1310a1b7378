package org.sallyport.cli.listing;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** What a program reads: one JSON document on standard output, members as the API names them. */
public final class JsonDocument {
    /** Everything but printable ASCII is escaped: nodes name themselves, and terminals obey control characters. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonDocument() {}

    /** One array. */
    public static void print(List<JsonNode> items, PrintWriter out) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode().addAll(items);
        print(array, out);
    }

    public static void print(JsonNode document, PrintWriter out) throws IOException {
        // DEL is the one control character that Jackson lets through.
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        out.println(text.replace("\u007f", "\\u007f"));
        out.flush();
    }
}
