package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagOperationsTest {
    private static final String NODE = "\"ResourceType\":\"ManagedInstance\",\"ResourceId\":\"mi-0123456789abcdef0\"";

    private final Front front = new Front();

    @Test
    void tagsAreAddedShownAndRemoved() {
        call("Add", NODE + ",\"Tags\":[{\"Key\":\"stage\",\"Value\":\"\"},{\"Key\":\"team\",\"Value\":\"red\"}]");
        JsonNode shown = Front.body(front.json("AmazonSSM.ListTagsForResource", "{" + NODE + "}"));
        call("Remove", NODE + ",\"TagKeys\":[\"stage\",\"none\"]");

        assertThat(shown.toString())
                .isEqualTo("{\"TagList\":[{\"Key\":\"stage\",\"Value\":\"\"},{\"Key\":\"team\",\"Value\":\"red\"}]}");
        assertThat(front.tags.tags).hasSize(1).containsEntry("team", "red");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'ResourceType':'ManagedInstance','ResourceId':'mi-0123456789abcdef1' | InvalidResourceId",
                "'ResourceType':'Document','ResourceId':'mi-0123456789abcdef0' | InvalidResourceType",
                "'ResourceType':'Activation','ResourceId':'x' | ValidationException",
                "'ResourceType':'ManagedInstance' | ValidationException",
            })
    void whatHasNoTagsIsNamedAsAwsNamesIt(String resource, String error) {
        String members = resource.replace('\'', '"');

        assertThat(call("Add", members + ",\"Tags\":[]")).isEqualTo(error);
        assertThat(call("Remove", members + ",\"TagKeys\":[]")).isEqualTo(error);
    }

    @Test
    void aKeyTwiceIsRefused() {
        String twice = NODE + ",\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"a\",\"Value\":\"2\"}]";

        assertThat(call("Add", twice)).isEqualTo("ValidationException");
        assertThat(front.tags.tags).doesNotContainKey("a");
    }

    private String call(String verb, String members) {
        String target = verb.equals("Add") ? "AddTagsToResource" : "RemoveTagsFromResource";
        return Front.body(front.json("AmazonSSM." + target, "{" + members + "}"))
                .path("__type")
                .asText();
    }
}
