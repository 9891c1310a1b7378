package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    private Api.Answer call(String method, String path, String body) {
        return api.call(method, path, Api.page(api.services.session("admin")), body);
    }
}
