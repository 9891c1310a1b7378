package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.WireRequest;

class ContentTypeSpellingTest {

    @Test
    void theCharsetIsGivenInLowerCaseAndNothingElseChanges() {
        WireRequest request = request("application/x-www-form-urlencoded; charset=UTF-8");

        assertThat(ContentTypeSpelling.lowerCase(request)).hasValueSatisfying(other -> {
            assertThat(other.headers())
                    .containsExactly(
                            Map.entry("Host", "Example"),
                            Map.entry("content-type", "application/x-www-form-urlencoded; charset=utf-8"));
            assertThat(other.body()).isSameAs(request.body());
        });
    }

    @Test
    void thereIsNoOtherSpellingWithoutACharsetInUpperCase() {
        assertThat(ContentTypeSpelling.lowerCase(request("application/x-amz-json-1.1")))
                .isEmpty();
        assertThat(ContentTypeSpelling.lowerCase(request("text/plain; charset=utf-8")))
                .isEmpty();
        assertThat(ContentTypeSpelling.lowerCase(new WireRequest("POST", "/", "", List.of(), new byte[0], "")))
                .isEmpty();
    }

    private static WireRequest request(String contentType) {
        return new WireRequest(
                "POST",
                "/",
                "",
                List.of(Map.entry("Host", "Example"), Map.entry("content-type", contentType)),
                new byte[] {1},
                "192.0.2.1");
    }
}
