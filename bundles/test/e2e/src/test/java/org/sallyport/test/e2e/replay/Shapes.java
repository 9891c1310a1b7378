package org.sallyport.test.e2e.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds what our server says against what the recorded one said: the same members of the same types; texts and numbers may be others. */
final class Shapes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ELEMENT = Pattern.compile("<([A-Za-z]+)[ >]");
    private static final Pattern TOKEN = Pattern.compile("<TokenValue>([^<]+)</TokenValue>");

    /** Values of the recording that stand for others here, ids and tokens above all: learned from answers. */
    private final Map<String, String> learned;

    Shapes(Map<String, String> learned) {
        this.learned = learned;
    }

    void http(Recording.Event recorded, Wire.Answer answer) throws IOException {
        String where = "line " + recorded.number() + ", answered " + answer;
        assertThat(answer.status())
                .as(where)
                .isEqualTo(recorded.line().path("status").asInt());
        for (Map.Entry<String, String> header : recorded.headers()) {
            String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
            boolean length = name.equals("content-length") && answer.headers().containsKey("transfer-encoding");
            boolean spoken = recorded.text().startsWith("{") || !name.equals("x-amzn-requestid");
            assertThat(length || !spoken || answer.headers().containsKey(name))
                    .as(name + " in " + where)
                    .isTrue();
            if (name.equals("content-type")) {
                // text/xml is application/xml to every reader
                String wanted = header.getValue().replace("text/xml", "application/xml");
                assertThat(answer.headers().get(name)).as(where).startsWith(wanted);
            }
        }
        String text = recorded.text();
        if (text.startsWith("<")) {
            assertThat(elements(answer.body())).as(where).isEqualTo(elements(text));
            learn(token(text), token(answer.body()));
        } else if (!text.isEmpty()) {
            json(where, JSON.readTree(text), JSON.readTree(answer.body()));
        }
    }

    void json(String where, JsonNode recorded, JsonNode here) {
        assertThat(here.getNodeType()).as(where).isEqualTo(recorded.getNodeType());
        recorded.properties()
                .forEach(member -> json(where + ", " + member.getKey(), member.getValue(), here.path(member.getKey())));
        for (int i = 0; i < recorded.size() && recorded.isArray(); i++) {
            json(where + "[" + i + "]", recorded.get(i), here.path(i));
        }
        if (recorded.isTextual()) {
            learn(recorded.asText(), here.asText());
        }
    }

    private void learn(String recorded, String here) {
        if (recorded.length() >= 12 && !here.isEmpty() && !recorded.equals(here)) {
            learned.put(recorded, here);
        }
    }

    private static List<String> elements(String xml) {
        List<String> names = new ArrayList<>();
        Matcher matcher = ELEMENT.matcher(xml);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static String token(String xml) {
        Matcher matcher = TOKEN.matcher(xml);
        assertThat(matcher.find()).as(xml).isTrue();
        return matcher.group(1);
    }
}
