package org.sallyport.core.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.channel.trust.CaTrust;

/** The authority is replaced while clients hold connections and pin what they know. */
class SuccessionTest {
    private static final Duration LIFE = Duration.ofDays(397);
    /** Real handshakes check dates by the real clock, so the past is where the test begins. */
    private static final Instant NOW = Instant.now();

    private static final Duration STEP = Succession.OVERLAP.plusHours(1);

    @TempDir
    Path folder;

    private final List<String> learned = new ArrayList<>();

    private ServerCertificate at(Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new OwnAuthority(new TlsFiles(folder), List.of("localhost"), LIFE, clock, "cellar").current();
    }

    @Test
    void nothingIsIntroducedBeforeItIsTime() {
        ServerCertificate first = at(NOW);

        assertThat(at(NOW.plus(Duration.ofDays(3_000))).authority()).isEqualTo(first.authority());
        assertThat(first.chain()).hasSize(2);
    }

    @Test
    void theAuthorityIsReplacedInTwoStepsWhenItsEndComesNear() throws Exception {
        ServerCertificate first = at(NOW);
        Instant due = first.authority().getNotAfter().toInstant().minus(LIFE).minus(Duration.ofDays(29));

        ServerCertificate introduced = at(due);
        assertThat(introduced.authority()).isEqualTo(first.authority());
        assertThat(introduced.chain()).hasSize(4);
        assertThat(at(due.plus(Duration.ofDays(29))).chain()).isEqualTo(introduced.chain());

        ServerCertificate changed = at(due.plus(STEP));
        assertThat(changed.authority()).isEqualTo(introduced.chain().get(3));
        changed.leaf().verify(changed.authority().getPublicKey());
        assertThat(changed.chain()).contains(introduced.chain().get(2)).doesNotContain(first.authority());

        assertThat(at(due.plus(STEP).plus(STEP)).chain()).containsExactly(changed.leaf(), changed.authority());
    }

    @Test
    void anOperatorsWishBeginsItOnceAndThePublicFileHoldsBoth() throws Exception {
        ServerCertificate first = at(NOW);
        Files.createFile(folder.resolve("rotate-ca"));

        ServerCertificate introduced = at(NOW);

        assertThat(folder.resolve("rotate-ca")).doesNotExist();
        assertThat(Files.readString(folder.resolve("ca.pem")))
                .isEqualTo(first.authorityPem()
                        + Pem.certificate(introduced.chain().get(3)));
        assertThat(at(NOW).chain()).isEqualTo(introduced.chain());
        at(NOW.plus(STEP));
        assertThat(Files.readString(folder.resolve("ca.pem")))
                .isEqualTo(Pem.certificate(introduced.chain().get(3)));
    }

    @Test
    void anIntroductionThatWasCutOffIsMadeGood() throws Exception {
        at(NOW);
        Files.createFile(folder.resolve("rotate-ca"));
        ServerCertificate introduced = at(NOW);
        Files.delete(folder.resolve("ca-introduction.pem"));

        ServerCertificate again = at(NOW.plus(Duration.ofDays(1)));

        assertThat(again.chain().get(3)).isEqualTo(introduced.chain().get(3));
        assertThat(again.chain().get(2)).isNotEqualTo(introduced.chain().get(2));
        assertThat(again.authority()).isEqualTo(introduced.authority());
    }

    @Test
    void whoPinnedTheOldOneAndWasThereLearnsTheNewOneOnALiveConnection() throws Exception {
        Instant begin = NOW.minus(Duration.ofDays(65));
        ServerCertificate first = at(begin);
        CaTrust awake = CaTrust.ofPem(List.of(first.authorityPem()), learned::add);
        CaTrust asleep = CaTrust.ofPem(List.of(first.authorityPem()));
        try (Echo old = new Echo(first);
                SSLSocket held = old.connect(awake)) {
            old.echo(held);
            Files.createFile(folder.resolve("rotate-ca"));
            ServerCertificate introduced = at(begin.plus(Duration.ofDays(6)));
            assertThat(learned).isEmpty();
            connectOnce(introduced, awake);
            assertThat(learned)
                    .containsExactly(Pem.certificate(introduced.chain().get(3)));
            connectOnce(introduced, awake);
            assertThat(learned).hasSize(1);

            ServerCertificate changed = at(begin.plus(Duration.ofDays(6)).plus(STEP));
            connectOnce(changed, awake);
            // Who slept through the first half gets in by the introduction alone.
            connectOnce(changed, CaTrust.ofPem(List.of(first.authorityPem())));

            ServerCertificate alone = new ServerCertificate(
                    changed.key(), List.of(changed.leaf(), changed.authority()), changed.authority());
            connectOnce(alone, awake);
            connectOnce(alone, CaTrust.ofPem(learned));
            assertThatThrownBy(() -> connectOnce(alone, asleep)).isInstanceOf(IOException.class);
            old.echo(held);
        }
    }

    private static void connectOnce(ServerCertificate certificate, CaTrust trust) throws IOException {
        try (Echo server = new Echo(certificate);
                SSLSocket socket = server.connect(trust)) {
            server.echo(socket);
        }
    }

    /** Sends bytes back on one connection at a time. */
    private static final class Echo implements AutoCloseable {
        private final SSLServerSocket listener;

        Echo(ServerCertificate certificate) throws IOException {
            SSLContext context = Keystore.context(certificate);
            listener = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(this::serve, "echo");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!listener.isClosed()) {
                try (var peer = listener.accept()) {
                    for (int octet = peer.getInputStream().read();
                            octet >= 0;
                            octet = peer.getInputStream().read()) {
                        peer.getOutputStream().write(octet);
                    }
                } catch (IOException e) {
                    assertThat(e)
                            .as("the client's side of a refused handshake, or the end")
                            .isNotNull();
                }
            }
        }

        SSLSocket connect(CaTrust trust) throws IOException {
            SSLSocket socket = (SSLSocket)
                    trust.sslContext().getSocketFactory().createSocket("localhost", listener.getLocalPort());
            socket.setSoTimeout(20_000);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        }

        void echo(SSLSocket socket) throws IOException {
            socket.getOutputStream().write(7);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
