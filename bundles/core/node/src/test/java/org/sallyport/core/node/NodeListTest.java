package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.node.Nodes.Operator;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

@Tag("store")
class NodeListTest {
    private final World world = new World();
    private final List<String> ids = new ArrayList<>();
    private Created activation;

    @BeforeEach
    void registerFive() {
        activation = world.activation(5);
        for (int i = 0; i < 5; i++) {
            ids.add(world.nodes.register(world.registration(activation)));
        }
        Collections.sort(ids);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void pagesAreOrderedAndComplete() {
        List<Integer> sizes = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page<NodeInfo> page = world.nodes.list(World.ALICE, List.of(), new PageRequest(2, token));
            sizes.add(page.items().size());
            page.items().forEach(n -> seen.add(n.id()));
            token = page.nextToken();
        } while (token.isPresent());

        assertThat(seen).isEqualTo(ids);
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void aFullLastPageHasNoToken() {
        assertThat(world.nodes
                        .list(World.ALICE, List.of(), PageRequest.first(5))
                        .nextToken())
                .isEmpty();
    }

    @Test
    void eachNodeComesWithItsTags() {
        assertThat(list()).allSatisfy(n -> assertThat(n.tags()).containsEntry("team", "blue"));
    }

    @Test
    void textIsFoundWithoutCaseAndItsSignsAreNoPattern() {
        report(ids.get(0), "Linux", "3.3.0_x");
        report(ids.get(1), "Linux", "3.3.0yx");

        assertThat(found(filter("Text", "3.3.0_X"))).containsExactly(ids.get(0));
        assertThat(found(filter("Text", "3.3", "yx"))).containsExactly(ids.get(1));
        assertThat(found(filter("Text", ids.get(2).substring(4).toUpperCase(java.util.Locale.ROOT))))
                .containsExactly(ids.get(2));
        assertThat(found(filter("Text", "%"))).isEmpty();
        assertThat(found(filter("Text", "!"))).isEmpty();
    }

    @Test
    void filtersAreAllToMatch() {
        report(ids.get(0), "Linux", "3.3.0.0");
        report(ids.get(1), "Windows", "3.3.0.0");

        assertThat(found(filter("PlatformTypes", "Linux", "MacOS"))).containsExactly(ids.get(0));
        assertThat(found(filter("AgentVersion", "3.3.0.0"))).containsExactly(ids.get(0), ids.get(1));
        assertThat(found(filter("AgentVersion", "3.3.0.0"), filter("PlatformTypes", "Windows")))
                .containsExactly(ids.get(1));
        assertThat(found(filter("InstanceIds", ids.get(3), "mi-nothing"))).containsExactly(ids.get(3));
        assertThat(found(filter("ActivationIds", activation.activation().id()))).hasSize(5);
        assertThat(found(filter("ActivationIds", "another"))).isEmpty();
        assertThat(found(filter("IamRole", World.ROLE))).hasSize(5);
        assertThat(found(filter("tag:team", "red", "blue"))).hasSize(5);
        assertThat(found(filter("tag:team", "red"))).isEmpty();
        assertThat(found(filter("tag:none", "blue"))).isEmpty();
        assertThat(found(filter("ResourceType", "ManagedInstance"))).hasSize(5);
        assertThat(found(filter("ResourceType", "EC2Instance"))).isEmpty();
    }

    @Test
    void propertiesAreComparedInMoreWays() {
        report(ids.get(0), "Linux", "3.2.1");
        report(ids.get(1), "Windows", "3.3.0");

        assertThat(properties("AgentVersion", Operator.GREATER_THAN, "3.2.9")).containsExactly(ids.get(1));
        assertThat(properties("AgentVersion", Operator.LESS_THAN, "3.2.9"))
                .containsExactly(ids.get(0), ids.get(2), ids.get(3), ids.get(4));
        assertThat(properties("AgentVersion", Operator.BEGIN_WITH, "3.")).containsExactly(ids.get(0), ids.get(1));
        assertThat(properties("AgentVersion", Operator.BEGIN_WITH, "%")).isEmpty();
        assertThat(properties("PlatformTypes", Operator.NOT_EQUAL, "Windows", "Linux"))
                .containsExactly(ids.get(2), ids.get(3), ids.get(4));
        assertThat(properties("tag:team", Operator.NOT_EQUAL, "blue")).isEmpty();
        assertThat(properties("tag:team", Operator.BEGIN_WITH, "bl")).hasSize(5);
        assertThat(properties("tag-key", Operator.EQUAL, "team")).hasSize(5);
        assertThat(properties("tag-key", Operator.NOT_EQUAL, "none")).hasSize(5);
        assertThat(properties("PingStatus", Operator.NOT_EQUAL, "Inactive")).containsExactly(ids.get(0), ids.get(1));
        assertThat(properties("ResourceType", Operator.NOT_EQUAL, "EC2Instance"))
                .hasSize(5);
        assertThat(properties("SourceTypes", Operator.EQUAL, "AWS::EC2::Instance"))
                .isEmpty();
        assertThat(properties("SourceIds", Operator.EQUAL, ids.get(4))).containsExactly(ids.get(4));
        assertThat(properties("AssociationStatus", Operator.EQUAL, "Success")).isEmpty();
        assertThat(properties("DocumentName", Operator.NOT_EQUAL, "any")).hasSize(5);
        assertFails(NodeError.PROPERTY_FILTER_VALUE, () -> properties("PingStatus", Operator.LESS_THAN, "Online"));
    }

    private List<String> properties(String key, Operator operator, String... values) {
        Filter filter = new Filter(key, List.of(values), operator);
        return world.nodes.properties(World.ALICE, List.of(filter), PageRequest.first(50)).items().stream()
                .map(NodeInfo::id)
                .toList();
    }

    @Test
    void pingStatusComesFromChannelAndLastSign() {
        report(ids.get(0), "Linux", "1");
        world.clock.advance(Duration.ofMinutes(11));
        report(ids.get(1), "Linux", "1");
        world.relay.open.add(ids.get(2));

        assertThat(found(filter("PingStatus", "Online"))).containsExactly(ids.get(1), ids.get(2));
        assertThat(found(filter("PingStatus", "ConnectionLost"))).containsExactly(ids.get(0));
        assertThat(found(filter("PingStatus", "Inactive", "Online")))
                .containsExactly(ids.get(1), ids.get(2), ids.get(3), ids.get(4));
    }

    @Test
    void aStatusFilterPagesWithoutGapsAndRepeats() {
        ids.forEach(world.relay.open::add);
        world.relay.open.remove(ids.get(1));
        List<Filter> online = List.of(filter("PingStatus", "Online"));

        Page<NodeInfo> first = world.nodes.list(World.ALICE, online, PageRequest.first(2));
        Page<NodeInfo> second = world.nodes.list(World.ALICE, online, new PageRequest(2, first.nextToken()));

        assertThat(first.items()).extracting(NodeInfo::id).containsExactly(ids.get(0), ids.get(2));
        assertThat(second.items()).extracting(NodeInfo::id).containsExactly(ids.get(3), ids.get(4));
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void whatIsNoFilterIsRefused() {
        for (String key : List.of("Nonsense", "id = id OR 1", "tag", "")) {
            assertFails(NodeError.FILTER_UNKNOWN, () -> found(filter(key, "x")));
        }
        for (Filter wrong : List.of(
                filter("PingStatus", "online"),
                filter("ResourceType", "Other"),
                filter("IamRole"),
                filter("IamRole", "a\u0000"),
                new Filter("InstanceIds", Collections.nCopies(101, "mi-1")))) {
            assertFails(NodeError.FILTER_VALUE, () -> found(wrong));
            assertFails(
                    NodeError.PROPERTY_FILTER_VALUE,
                    () -> world.nodes.properties(World.ALICE, List.of(wrong), PageRequest.first(1)));
        }
        assertFails(
                CommonError.INVALID_ARGUMENT,
                () -> world.nodes.list(
                        World.ALICE, Collections.nCopies(41, filter("IamRole", "a")), PageRequest.first(1)));
    }

    @Test
    void aTokenOfAnotherListIsRefused() {
        for (String token : List.of("", "!", "bm9kZXM", "a".repeat(5000))) {
            assertFails(
                    CommonError.INVALID_NEXT_TOKEN,
                    () -> world.nodes.list(World.ALICE, List.of(), new PageRequest(1, Optional.of(token))));
        }
    }

    @Test
    void whoMayNotListLearnsNothing() {
        world.policy.denied.add("ssm:DescribeInstanceInformation");

        assertFails(AccessError.ACCESS_DENIED, () -> found(filter("Nonsense", "x")));
    }

    private void report(String id, String platform, String version) {
        world.nodes.heartbeat(
                World.node(id), id, new NodeReport("amazon-ssm-agent", version, "Active", "", "", platform, "", ""));
    }

    private static Filter filter(String key, String... values) {
        return new Filter(key, List.of(values));
    }

    private List<String> found(Filter... filters) {
        return list(filters).stream().map(NodeInfo::id).toList();
    }

    private List<NodeInfo> list(Filter... filters) {
        return world.nodes
                .list(World.ALICE, List.of(filters), PageRequest.first(50))
                .items();
    }
}
