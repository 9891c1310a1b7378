package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.node.Nodes;

class NodeRoutesTest {
    private static final String NODE = "/nodes/" + FakeServices.NODE;

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void whatIsDoneWithANodeReachesTheEngine() {
        assertThat(call("POST", NODE + "/approval", null).status()).isEqualTo(204);
        assertThat(call("PUT", NODE + "/role", "{\"role\":\"Other\"}").status()).isEqualTo(204);
        assertThat(call("POST", NODE + "/tags", "{\"set\":{\"a\":\"b\"},\"remove\":[\"c\"]}")
                        .status())
                .isEqualTo(204);
        assertThat(call("POST", NODE + "/machine", "{\"fingerprint\":\"f\",\"accept\":false}")
                        .status())
                .isEqualTo(204);
        assertThat(call("DELETE", NODE, null).status()).isEqualTo(204);

        assertThat(api.services.changes)
                .containsExactly(
                        "approve " + FakeServices.NODE,
                        "role " + FakeServices.NODE + " Other",
                        "untag ManagedInstance " + FakeServices.NODE + " [c]",
                        "tag ManagedInstance " + FakeServices.NODE + " {a=b}",
                        "refuse " + FakeServices.NODE + " f",
                        "deregister " + FakeServices.NODE);
    }

    @Test
    void bodiesWithoutWhatTheyNeedAreRefused() {
        assertThat(call("PUT", NODE + "/role", "{}").problem()).isEqualTo("body-invalid");
        assertThat(call("POST", NODE + "/machine", "{\"accept\":true}").status())
                .isEqualTo(400);
        assertThat(call("PUT", "/settings/tier", "{}").problem()).isEqualTo("body-invalid");
        assertThat(api.services.changes).isEmpty();
    }

    @Test
    void usageIsAFileThatNoSpreadsheetComputes() {
        Api.Answer file = call("GET", "/usage/csv?from=2026-01-01&to=2026-01-31", null);

        assertThat(file.header("Content-Type")).startsWith("text/csv");
        assertThat(file.text())
                .isEqualTo("day,node,tier,hours,tags\r\n2026-01-01," + FakeServices.NODE
                        + ",advanced,1.5000,team==blue\r\n");
        assertThat(call("GET", "/usage?from=2026-01-01", null)
                        .body()
                        .at("/items/0/onlineSeconds")
                        .asInt())
                .isEqualTo(5400);
        assertThat(call("GET", "/usage?from=yesterday", null).problem()).isEqualTo("invalid-argument");
    }

    @Test
    void usageIsAddedUpByWhatIsAskedFor() {
        for (String by : new String[] {"tier", "node", "tag"}) {
            JsonNode total = call("GET", "/usage/totals?from=2026-01-01&to=2026-01-31&by=" + by, null)
                    .body()
                    .at("/items/0");
            assertThat(total.path("name").asText()).isEqualTo(by.toUpperCase(Locale.ROOT));
            assertThat(total.path("nodes").asInt()).isEqualTo(2);
            assertThat(total.path("onlineSeconds").asInt()).isEqualTo(5400);
        }
        assertThat(call("GET", "/usage/totals?by=region", null).problem()).isEqualTo("invalid-argument");
        assertThat(call("GET", "/usage/totals?from=yesterday", null).problem()).isEqualTo("invalid-argument");

        JsonNode all =
                call("GET", "/usage/json?from=2026-01-01&to=2026-01-31", null).body();
        assertThat(all.path("to").asText()).isEqualTo("2026-01-31");
        assertThat(all.at("/rows/0/tags/team").asText()).isEqualTo("=blue");
    }

    @Test
    void nodesAreFoundByTheirActivationAndRole() {
        assertThat(call("GET", "/nodes?activation=a-1&activation=a-2&role=Other&state=PENDING", null)
                        .status())
                .isEqualTo(200);

        assertThat(api.services.filters)
                .containsExactly(
                        new Nodes.Filter("State", List.of("PENDING")),
                        new Nodes.Filter("ActivationIds", List.of("a-1", "a-2")),
                        new Nodes.Filter("IamRole", List.of("Other")));
    }

    private Api.Answer call(String method, String path, String body) {
        return api.call(method, path, Api.page(api.services.session("admin")), body);
    }
}
