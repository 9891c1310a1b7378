package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.adapter.transport.mina.TransportSettings.Caps;

class AdmissionTest {
    private final TestPort port = new TestPort();
    private final Listener listener = new Listener(TestPort.SETTINGS, () -> port.identity, () -> port.endpoint);
    private final Admission admission = new Admission();
    private int made;

    @AfterEach
    void stop() {
        port.close();
        listener.stop();
    }

    @Test
    void anIpv4AddressAndAnIpv6NetworkOf64BitsAreOneSource() throws Exception {
        assertThat(source("192.0.2.7")).isNotEqualTo(source("192.0.2.8"));
        assertThat(source("2001:db8:0:1::1")).isEqualTo(source("2001:db8:0:1:ffff::2"));
        assertThat(source("2001:db8:0:1::1")).isNotEqualTo(source("2001:db8:0:2::1"));
        assertThat(source("::ffff:192.0.2.7")).isEqualTo(source("192.0.2.7"));
    }

    @Test
    void eachLimitIsNamedWhenItIsReachedAndHoldsUntilOneLeaves() {
        Caps caps = new Caps(4, 3, 3, 2);
        ServerConnection first = connection();
        assertThat(admission.enter(first, "a", caps)).isEmpty();
        assertThat(admission.enter(connection(), "a", caps)).isEmpty();
        assertThat(admission.enter(connection(), "a", caps)).contains("max.pending.per.address");

        admission.settled(first);
        assertThat(admission.enter(connection(), "a", caps)).isEmpty();
        assertThat(admission.enter(connection(), "b", caps)).isEmpty();
        assertThat(admission.enter(connection(), "b", caps)).contains("max.connections");

        admission.leave(first);
        admission.leave(first);
        assertThat(admission.enter(connection(), "b", caps)).contains("max.pending");
    }

    @Test
    void settledOnesCountForTheirAddressStill() {
        Caps caps = new Caps(100, 2, 100, 100);
        for (int i = 0; i < 2; i++) {
            ServerConnection connection = connection();
            assertThat(admission.enter(connection, "a", caps)).isEmpty();
            admission.settled(connection);
        }
        assertThat(admission.enter(connection(), "a", caps)).contains("max.per.address");
        assertThat(admission.enter(connection(), "b", caps)).isEmpty();
    }

    private ServerConnection connection() {
        return new ServerConnection(listener, "c-" + made++, InetAddress.getLoopbackAddress(), false);
    }

    private static String source(String address) throws Exception {
        return Admission.source(InetAddress.getByName(address));
    }

    @Test
    void refusalsAreToldAtOnceAndThenOnceInTenSeconds() {
        RefusalLog log = new RefusalLog();
        long second = TimeUnit.SECONDS.toNanos(1);
        assertThat(log.refused("a", "max.pending", 0)).isTrue();
        for (int i = 1; i < 1_000; i++) {
            assertThat(log.refused("a", "max.pending", i * second / 101)).isFalse();
        }
        assertThat(log.refused("b", "max.pending", 10 * second)).isTrue();
        assertThat(log.refused("b", "max.pending", 11 * second)).isFalse();
    }
}
