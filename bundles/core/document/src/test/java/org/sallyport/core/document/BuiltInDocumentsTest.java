package org.sallyport.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.document.DocumentError;
import org.sallyport.api.document.Documents;
import org.sallyport.api.document.SessionDocument;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;

class BuiltInDocumentsTest {
    private static final String ARN = "arn:aws:ssm:onprem-1:123456789012:document/SSM-SessionManagerRunShell";

    private final Documents documents = new BuiltInDocuments(new Address());

    private record Address() implements ServerAddress {
        @Override
        public String region() {
            return "onprem-1";
        }

        @Override
        public String accountId() {
            return "123456789012";
        }

        @Override
        public URI api() {
            return URI.create("https://localhost:8443");
        }

        @Override
        public URI channel() {
            return URI.create("wss://localhost:8444");
        }
    }

    @Test
    void hasTheShellDocumentInTheShapeThatNodesRead() throws IOException {
        SessionDocument.Resolved resolved = documents.resolve(Documents.DEFAULT, Map.of());

        assertThat(resolved.flattened()).isEmpty();
        assertThat(resolved.document().arn()).isEqualTo(ARN);
        assertThat(resolved.document().sessionType()).isEqualTo("Standard_Stream");
        JsonNode json = new ObjectMapper().readTree(resolved.document().contentJson());
        assertThat(json.get("schemaVersion").asText()).isEqualTo("1.0");
        JsonNode inputs = json.get("inputs");
        assertThat(inputs.get("s3BucketName").asText()).isEmpty();
        assertThat(inputs.get("cloudWatchLogGroupName").asText()).isEmpty();
        assertThat(inputs.get("cloudWatchStreamingEnabled").isBoolean())
                .as("a text there makes the task unreadable")
                .isTrue();
        assertThat(inputs.at("/shellProfile/linux").isTextual()).isTrue();
        assertThat(resolved.document().inputs())
                .isEqualTo(new SessionInputs(Optional.of(Duration.ofMinutes(20)), Optional.empty(), false));
    }

    @Test
    void namesDocumentsWhetherTheyExistOrNot() {
        assertThat(documents.arn("Mine")).isEqualTo("arn:aws:ssm:onprem-1:123456789012:document/Mine");
        assertThat(documents.arn("AWS-StartSSHSession"))
                .isEqualTo("arn:aws:ssm:onprem-1::document/AWS-StartSSHSession");
        assertThat(documents.arn(ARN)).isEqualTo(ARN);
    }

    @Test
    void findsADocumentByItsOwnArnAndByNoOther() {
        assertThat(documents.resolve(ARN, Map.of()).document().name()).isEqualTo(Documents.DEFAULT);
        assertUnknown(() -> documents.resolve(ARN.replace("onprem-1", "onprem-2"), Map.of()));
        assertUnknown(() -> documents.resolve(ARN.replace("123456789012", "210987654321"), Map.of()));
        assertUnknown(() -> documents.resolve(ARN.replace("document/", "document/x/"), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "no such name!", "SSM-SessionManagerRunShell\n", "AWS-RunShellScript"})
    void tellsOfADocumentThatDoesNotExist(String name) {
        assertUnknown(() -> documents.resolve(name, Map.of()));
    }

    @Test
    void takesNoParametersForTheShellDocument() {
        assertThatThrownBy(() -> documents.resolve(Documents.DEFAULT, Map.of("command", List.of("id"))))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(DocumentError.PARAMETERS_INVALID))
                .hasMessage("Parameter \"command\" is not defined in document SSM-SessionManagerRunShell.");
    }

    private static void assertUnknown(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(DocumentError.DOCUMENT_UNKNOWN))
                .hasMessageStartingWith("Document with name ")
                .hasMessageEndingWith(" does not exist.");
    }
}
