package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.test.contract.Race;

@Tag("store")
class NodeTaggingTest {
    private static final String NODE = "ManagedInstance";

    private final World world = new World();
    private final TagsHeard heard = new TagsHeard();
    private final NodeTagging tags = new NodeTagging(world.decisions, world.store, heard);
    private final StoredTags kernel = new StoredTags(world.store);
    private final List<String> told = new ArrayList<>();
    private final String id = world.node();

    NodeTaggingTest() {
        heard.listeners = List.of(
                node -> {
                    throw new IllegalStateException("a listener that fails");
                },
                told::add);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void tagsOfTheActivationAreOnTheNodeAndOthersJoinThem() {
        tags.add(World.ALICE, NODE, id, Map.of("team", "red", "Größe", "a b"));

        Map<String, String> all = Map.of("team", "red", "stage", "test", "Größe", "a b");
        assertThat(tags.list(World.ALICE, NODE, id)).isEqualTo(all);
        assertThat(kernel.of(id)).isEqualTo(all);
        assertThat(world.nodes.find(id).orElseThrow().tags()).isEqualTo(all);
        assertThat(told).containsExactly(id);
    }

    @Test
    void removedTagsAreGoneAndOthersAreNoFailure() {
        tags.remove(World.ALICE, NODE, id, Set.of("team", "none"));
        tags.remove(World.ALICE, NODE, id, Set.of("none"));

        assertThat(kernel.of(id)).isEqualTo(Map.of("stage", "test"));
        assertThat(told).containsExactly(id);
    }

    @Test
    void unknownNodesHaveNoTags() {
        String unknown = "mi-00000000000000000";
        for (String wrong : List.of(unknown, "", "mi-", "mi-*", "x".repeat(10_000))) {
            assertThat(kernel.of(wrong)).isEmpty();
            assertFails(NodeError.RESOURCE_UNKNOWN, () -> tags.list(World.ALICE, NODE, wrong));
            assertFails(NodeError.RESOURCE_UNKNOWN, () -> tags.add(World.ALICE, NODE, wrong, Map.of("a", "b")));
            assertFails(NodeError.RESOURCE_UNKNOWN, () -> tags.remove(World.ALICE, NODE, wrong, Set.of("a")));
        }
        assertThat(kernel.of(List.of(id, unknown, "nonsense"))).containsOnlyKeys(id);
        assertThat(told).isEmpty();
    }

    @Test
    void otherThingsHaveNoTagsHere() {
        assertFails(NodeError.RESOURCE_TYPE_UNKNOWN, () -> tags.list(World.ALICE, "Document", id));
    }

    @Test
    void tagsKeepToTheLimits() {
        for (Map<String, String> wrong : List.of(
                Map.of("", "v"),
                Map.of("aws:x", "v"),
                Map.of("AWS:x", "v"),
                Map.of("k".repeat(129), "v"),
                Map.of("k", "v".repeat(257)),
                Map.of("k;", "v"),
                Map.of("k", "<v>"),
                Map.of("k", "a\nb"),
                Map.of("k", "a\u2028b"))) {
            assertFails(CommonError.INVALID_ARGUMENT, () -> tags.add(World.ALICE, NODE, id, wrong));
        }
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 49; i++) {
            many.put("k" + i, "");
        }
        assertFails(NodeError.TOO_MANY_TAGS, () -> tags.add(World.ALICE, NODE, id, many));
        assertThat(kernel.of(id)).hasSize(2);
        many.remove("k0");
        tags.add(World.ALICE, NODE, id, many);
        tags.add(World.ALICE, NODE, id, Map.of("k1", "changed"));
        assertThat(kernel.of(id)).hasSize(50);
    }

    @Test
    void whoAddAtOnceNeverComeOverTheLimitTogether() throws Exception {
        List<Optional<String>> results = Race.of(12, () -> {
            Map<String, String> ten = new HashMap<>();
            for (int i = 0; i < 10; i++) {
                ten.put(Thread.currentThread().getName() + "/" + i, "v");
            }
            try {
                tags.add(World.ALICE, NODE, id, ten);
                return Optional.of("added");
            } catch (SallyportException e) {
                assertThat(e.code()).isEqualTo(NodeError.TOO_MANY_TAGS);
                return Optional.empty();
            }
        });

        assertThat(results.stream().flatMap(Optional::stream)).hasSize(4);
        assertThat(kernel.of(id)).hasSize(42);
    }

    @Test
    void theDecisionComesFirstAndSeesTheTagsAskedFor() {
        tags.add(World.ALICE, NODE, id, Map.of("team", "red"));
        assertThat(world.policy.last())
                .isEqualTo(new AccessRequest(
                        World.ALICE,
                        "ssm:AddTagsToResource",
                        World.ARN + "managed-instance/" + id,
                        Map.of("aws:RequestTag/team", List.of("red"), "aws:TagKeys", List.of("team"))));

        world.policy.denied.addAll(
                List.of("ssm:AddTagsToResource", "ssm:RemoveTagsFromResource", "ssm:ListTagsForResource"));
        assertFails(AccessError.ACCESS_DENIED, () -> tags.add(World.ALICE, "Nonsense", "none", Map.of("", "")));
        assertFails(AccessError.ACCESS_DENIED, () -> tags.remove(World.ALICE, NODE, "none", Set.of("")));
        assertFails(AccessError.ACCESS_DENIED, () -> tags.list(World.ALICE, NODE, id));
    }
}
