package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The description that the console's pages are compiled against is the one that the server gives. */
class DescriptionTest {
    /** {@code -Dsallyport.openapi=write} writes it anew; the types of the pages follow with {@code npm run schema}. */
    @Test
    void thePagesKnowTheApiAsItIs() throws IOException {
        Path known = Path.of("..", "console", "src", "api", "openapi.json");
        String served = Json.MAPPER
                        .writer(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(OpenApi.of(ConsoleApplication.RESOURCES))
                + "\n";
        if ("write".equals(System.getProperty("sallyport.openapi"))) {
            Files.writeString(known, served);
        }

        assertThat(known).hasContent(served.strip());
    }
}
