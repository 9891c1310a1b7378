package org.sallyport.channel.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.testing.TestApi;
import org.sallyport.channel.testing.TestCa;
import org.sallyport.channel.testing.TestProxy;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;

/** Calls through a proxy that asks for a password: it gets it, the server does not. */
class ProxiedCallTest {
    private final TestCa ca = new TestCa("Test authority");
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void theProxyGetsThePasswordAndTheServerDoesNot() throws Exception {
        try (TestApi api = new TestApi(ca.serverContext("far.example"), exchange -> {
                    seen.add(String.valueOf(exchange.getRequestHeaders().get("Proxy-Authorization")));
                    TestApi.answer(exchange, 200, "{}");
                });
                TestProxy proxy = new TestProxy("HTTP/1.1 200 Connection established", api.port())) {
            ProxySettings settings = ProxySettings.fromEnvironment(Map.of(
                    "HTTPS_PROXY",
                    "http://me:secret@127.0.0.1:" + proxy.address().getPort()));

            String pem = CaTrust.fetchPinned(api.uri("far.example"), ca.fingerprint(), settings);
            try (ServiceClient client = new ServiceClient(new ServiceSettings(
                    api.uri("far.example"), "onprem-1", CaTrust.ofPem(List.of(pem)), settings, () -> {
                        throw new IllegalStateException("nothing is signed");
                    }))) {
                client.callUnsigned("AmazonSSM.RegisterManagedInstance", JsonNodeFactory.instance.objectNode());
            }

            assertThat(proxy.heads())
                    .hasSize(2)
                    .allMatch(head -> head.startsWith("CONNECT far.example:")
                            && head.contains("Proxy-Authorization: Basic bWU6c2VjcmV0"));
            assertThat(seen).hasSize(2).allMatch(value -> value.equals("null"));
        }
    }
}
