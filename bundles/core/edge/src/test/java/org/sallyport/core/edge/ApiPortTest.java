package org.sallyport.core.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.condition.Condition;
import org.sallyport.core.edge.tls.Keystore;
import org.sallyport.spi.transport.Transport;

class ApiPortTest {
    private static final String PORT = "org.osgi.service.http.port.secure";
    private static final String KEYSTORE = "org.apache.felix.https.keystore";

    private final FakeConfigurations configurations = new FakeConfigurations();
    private ApiPort port;

    @BeforeEach
    void leftoverOfACrash() {
        configurations.settings.put(PORT, 1);
        port = new ApiPort(
                configurations.admin(), EdgeSettings.from(Configs.of(Map.of("api_port", 9443)), p -> null), 60_000);
    }

    @AfterEach
    void close() {
        port.deactivate();
    }

    @Test
    void staysClosedUntilReadyWithCertificateAndTransport() throws Exception {
        await().until(configurations.settings::isEmpty);

        port.bindTls(tls("one"));
        port.bindTransport(new IdleTransport());
        assertThat(configurations.history.poll()).isEqualTo("deleted");
        assertThat(configurations.history.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(configurations.settings).isEmpty();

        port.bindReady(Condition.INSTANCE);
        await().until(() -> Integer.valueOf(9443).equals(configurations.settings.get(PORT)));
        assertThat(configurations.settings)
                .containsEntry("org.apache.felix.http.enable", false)
                .containsEntry("org.apache.felix.https.enable", true)
                .containsEntry("org.apache.felix.https.keystore.password", "secret of one");
    }

    @Test
    void opensWithoutTransportAfterAWhile() {
        port.deactivate();
        port = new ApiPort(configurations.admin(), EdgeSettings.from(Configs.of(Map.of()), p -> null), 1);

        port.bindTls(tls("one"));
        port.bindReady(Condition.INSTANCE);

        await().until(() -> Integer.valueOf(8443).equals(configurations.settings.get(PORT)));
    }

    @Test
    void staysOpenWhileTheTransportIsSwappedAndRebindsForANewCertificate() {
        IdleTransport transport = new IdleTransport();
        InstalledTls old = tls("one");
        port.bindTls(old);
        port.bindTransport(transport);
        port.bindReady(Condition.INSTANCE);
        await().until(() -> "/one.p12".equals(configurations.settings.get(KEYSTORE)));

        port.unbindTransport(transport);
        port.bindTls(tls("two"));
        port.unbindTls(old);

        await().until(() -> "/two.p12".equals(configurations.settings.get(KEYSTORE)));
    }

    @Test
    void closesWithItsBundle() {
        port.bindTls(tls("one"));
        port.bindTransport(new IdleTransport());
        port.bindReady(Condition.INSTANCE);
        await().until(() -> configurations.settings.containsKey(KEYSTORE));

        port.deactivate();

        assertThat(configurations.settings).isEmpty();
    }

    private static InstalledTls tls(String name) {
        try {
            return new InstalledTls(
                    SSLContext.getDefault(),
                    name,
                    name,
                    new Keystore.File(Path.of("/" + name + ".p12"), "secret of " + name));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record IdleTransport() implements Transport {
        @Override
        public String description() {
            return "idle";
        }

        @Override
        public int localPort() {
            return 0;
        }

        @Override
        public int connections() {
            return 0;
        }
    }
}
