package org.sallyport.test.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sallyport.test.e2e.LiveSystem;

/** What was put into the store is what the APIs show. */
class SeededListsIT {
    private static final int NODES = 150;
    private static final int SESSIONS = 420;

    @Test
    void theListsShowWhatWasPutIntoTheStore() throws Exception {
        Path data = LiveSystem.work("seeded");
        LiveSystem.start(data).close();
        Seed.run(Seed.plan(List.of(
                "--data", data.resolve("server").toString(), "--nodes", "" + NODES, "--sessions", "" + SESSIONS)));

        try (LiveSystem live = LiveSystem.start(data);
                Lists lists = new Lists(live)) {
            List<JsonNode> nodes = lists.all("/nodes");
            assertThat(nodes).hasSize(NODES + 1); // and this machine
            assertThat(nodes)
                    .filteredOn(node -> node.path("connected").asBoolean())
                    .hasSize(1);
            List<JsonNode> windows = lists.all("/nodes?platform=Windows");
            assertThat(windows).isNotEmpty().hasSizeLessThan(NODES);

            List<JsonNode> sessions = lists.all("/sessions?state=history");
            assertThat(sessions).hasSize(SESSIONS);
            assertThat(sessions)
                    .filteredOn(session -> session.path("mine").asBoolean())
                    .isNotEmpty()
                    .hasSizeLessThan(SESSIONS);
            assertThat(lists.all("/sessions?state=active")).isEmpty();

            for (Map.Entry<String, Lists.Request> request : lists.requests().entrySet()) {
                boolean none = request.getKey().matches(".*(nothing-has-this|active|Active\"}).*");
                assertThat(request.getValue().items() > 0).as(request.getKey()).isNotEqualTo(none);
            }
        }
    }
}
