package org.sallyport.core.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiPortStatusTest {
    @Test
    void thePortIsAskedAndNotBelieved() throws IOException {
        ApiPortStatus status;
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = listening.getLocalPort();
            status = new ApiPortStatus(EdgeSettings.from(Configs.of(Map.of("api_port", port)), name -> null));

            assertThat(status.read().missing()).isEmpty();
            assertThat(status.read().facts()).containsEntry("listening", true).containsEntry("port", port);
        }

        assertThat(status.read().facts()).containsEntry("listening", false);
        assertThat(status.read().missing()).singleElement().asString().endsWith("is closed");
    }
}
