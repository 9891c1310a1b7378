package org.sallyport.adapter.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.node.AddressRange;

class GuardedFetchTest {
    private static final List<AddressRange> LOOPBACK = List.of(
            AddressRange.parse("127.0.0.0/8").orElseThrow(),
            AddressRange.parse("::1").orElseThrow());

    @TempDir
    private Path folder;

    private IssuerServer server;

    @BeforeEach
    void start() throws Exception {
        server = new IssuerServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theServersOwnMachineIsAskedOnlyIfTheOperatorAllowsIt() throws Exception {
        assertThatThrownBy(() -> fetch(List.of()).retrieveResource(url()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("allowed.addresses");
        assertThat(server.keys).hasValue(0);

        assertThat(fetch(LOOPBACK).retrieveResource(url()).getContent()).contains("\"keys\":[");
    }

    @Test
    void onlyConfiguredAuthoritiesAreBelieved() {
        assertThatThrownBy(() -> new GuardedFetch("", LOOPBACK).retrieveResource(url()))
                .isInstanceOf(javax.net.ssl.SSLException.class);
        assertThat(server.keys).hasValue(0);
    }

    @Test
    void redirectsErrorsAndLongAnswersAreNotTaken() {
        server.answers(302, null);
        assertThatThrownBy(() -> fetch(LOOPBACK).retrieveResource(url())).hasMessageContaining("302");
        server.answers(200, "x".repeat(64 * 1024 + 1));
        assertThatThrownBy(() -> fetch(LOOPBACK).retrieveResource(url())).hasMessageContaining("bytes");
        assertThatThrownBy(() -> fetch(LOOPBACK)
                        .retrieveResource(URI.create("http://localhost/").toURL()))
                .hasMessageContaining("https");
    }

    @Test
    void anAnswerThatNeverEndsIsCutOff() {
        server.answersDropByDrop();
        long begun = System.nanoTime();

        assertThatThrownBy(() -> fetch(LOOPBACK).retrieveResource(url())).isInstanceOf(IOException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
    }

    private GuardedFetch fetch(List<AddressRange> allowed) {
        return new GuardedFetch(server.authority().toString(), allowed);
    }

    private URL url() throws IOException {
        return URI.create(server.jwks()).toURL();
    }
}
