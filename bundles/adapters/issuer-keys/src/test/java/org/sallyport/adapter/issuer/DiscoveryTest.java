package org.sallyport.adapter.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final String ISSUER = "https://idp.example.org/realms/main";
    private final List<String> asked = new ArrayList<>();

    @Test
    void theKeysAreWhereTheDocumentSays() throws Exception {
        assertThat(discovered("{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"https://keys.example.org/k\"}"))
                .isEqualTo("{\"keys\":[]}");

        assertThat(asked).containsExactly(ISSUER + Discovery.PATH, "https://keys.example.org/k");
    }

    @Test
    void aDocumentThatIsNotTheIssuersOrLeadsAstrayIsNotFollowed() {
        for (String document : List.of(
                "{\"issuer\":\"https://idp.example.org/realms/other\",\"jwks_uri\":\"https://keys.example.org/k\"}",
                "{\"issuer\":\"" + ISSUER + "/\",\"jwks_uri\":\"https://keys.example.org/k\"}",
                "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"http://keys.example.org/k\"}",
                "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"file:///etc/passwd\"}",
                "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"https://a b\"}",
                "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":7}",
                "{\"issuer\":\"" + ISSUER + "\"}",
                "[]",
                "")) {
            assertThatThrownBy(() -> discovered(document)).as(document).isInstanceOf(IOException.class);
        }
        assertThat(asked).allMatch((ISSUER + Discovery.PATH)::equals);
    }

    private String discovered(String document) throws IOException {
        Discovery discovery = new Discovery(
                url -> {
                    asked.add(url.toString());
                    boolean first = url.toString().endsWith(Discovery.PATH);
                    return new Resource(first ? document : "{\"keys\":[]}", "application/json");
                },
                ISSUER);
        return discovery
                .retrieveResource(URI.create(ISSUER + Discovery.PATH).toURL())
                .getContent();
    }
}
