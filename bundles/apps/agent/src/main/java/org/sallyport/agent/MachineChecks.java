package org.sallyport.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.agent.machine.OperatingSystem;
import org.sallyport.channel.trust.ProxySettings;

/** What a machine needs besides a server. Each returns what was found or throws with what to do. */
final class MachineChecks {
    private static final long LEAST_BYTES = 64L << 20;
    private static final int MEBI = 1 << 20;
    private static final int CONNECT_MILLIS = 10_000;
    private static final Duration SOON = Duration.ofDays(30);
    private static final int HTTPS = 443;

    private MachineChecks() {}

    static String diskSpace(Path folder) throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        long free = there.toFile().getUsableSpace();
        if (free < LEAST_BYTES) {
            throw new IOException(
                    "%d MiB are free at %s; the agent goes on, but keeps no log, and no new key or authority: free 64 MiB"
                            .formatted(free / MEBI, there));
        }
        return "%d MiB free at %s".formatted(free / MEBI, there);
    }

    static String proxy(URI server, ProxySettings settings) throws IOException {
        Optional<InetSocketAddress> hop = settings.proxyFor(server.getHost(), port(server));
        if (hop.isEmpty()) {
            return "none for " + server.getHost();
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(hop.get().getHostString(), hop.get().getPort()), CONNECT_MILLIS);
            return "%s:%d takes connections%s"
                    .formatted(
                            hop.get().getHostString(),
                            hop.get().getPort(),
                            settings.authorization().isPresent() ? ", with a user name" : "");
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "%s:%d of HTTPS_PROXY cannot be reached (%s); mend the variable, or name the server in NO_PROXY"
                            .formatted(hop.get().getHostString(), hop.get().getPort(), e.getMessage()),
                    e);
        }
    }

    static String name(URI server, ProxySettings settings) throws IOException {
        if (settings.proxyFor(server.getHost(), port(server)).isPresent()) {
            return "left to the proxy";
        }
        try {
            InetAddress[] all = InetAddress.getAllByName(server.getHost().replaceAll("^\\[|]$", ""));
            return "%s is %s%s"
                    .formatted(
                            server.getHost(),
                            all[0].getHostAddress(),
                            all.length > 1 ? " and %d more".formatted(all.length - 1) : "");
        } catch (UnknownHostException e) {
            throw new IOException(
                    "%s cannot be resolved; see /etc/resolv.conf, or set HTTPS_PROXY if a proxy is the way out"
                            .formatted(server.getHost()),
                    e);
        }
    }

    /** The agent learns the next one from the server's chain while the present one lives. */
    static String authorities(String pem, Instant now) throws IOException {
        Instant last = Instant.MIN;
        int count = 0;
        try {
            for (Certificate one : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                Instant end = ((X509Certificate) one).getNotAfter().toInstant();
                last = end.isAfter(last) ? end : last;
                count++;
            }
        } catch (CertificateException e) {
            throw new IOException("the pinned authorities cannot be read; register --replace", e);
        }
        if (!last.isAfter(now)) {
            throw new IOException(
                    "all %d pinned authorities ended by %s: set the clock if that is wrong, else register --replace with the new fingerprint"
                            .formatted(count, last));
        }
        String soon = last.isBefore(now.plus(SOON)) ? "; the server should show its next one by now" : "";
        return "%d pinned, the last until %s%s".formatted(count, last, soon);
    }

    static String account() {
        String user = System.getProperty("user.name");
        if (OperatingSystem.current() == OperatingSystem.WINDOWS) {
            return user + "; the service may run as another account, to which shells belong";
        }
        return user.equals("root")
                ? "root; shells belong to an account of their own"
                : user + "; shells belong to the same account, as only root can change it";
    }

    private static int port(URI server) {
        return server.getPort() < 0 ? HTTPS : server.getPort();
    }
}
