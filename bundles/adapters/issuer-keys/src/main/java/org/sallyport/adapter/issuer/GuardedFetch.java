package org.sallyport.adapter.issuer;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.sallyport.api.node.AddressRange;

/**
 * Fetches what an issuer shows: https without redirects, at most 64 KiB in three seconds. The address that is connected to is looked at after the name
 * was resolved: loopback, link-local and multicast ones are refused unless the operator allows them. Any thread; a daemon thread, which there is
 * only while something is fetched and half a minute longer, cuts the connection of an issuer that answers drop by drop.
 */
public final class GuardedFetch implements ResourceRetriever {
    private static final int MOST = 64 * 1024;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int WHOLE_MILLIS = 3_000;
    private static final long IDLE_SECONDS = 30;

    private final Guard sockets;
    private final ScheduledThreadPoolExecutor watch;

    /**
     * @param caFile certificates in PEM; the platform's when empty
     * @param allowed addresses that may be connected to though they are loopback or link-local
     * @throws IllegalArgumentException for a file of certificates that cannot be read
     */
    public GuardedFetch(String caFile, List<AddressRange> allowed) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(caFile.isEmpty() ? null : authorities(Path.of(caFile)));
            context.init(null, trust.getTrustManagers(), null);
            this.sockets = new Guard(context.getSocketFactory(), allowed, new Deadline());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("ca.file: " + caFile + " cannot be read: " + e.getMessage(), e);
        }
        watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sallyport-adapter-issuer-watch-1");
            thread.setDaemon(true);
            return thread;
        });
        watch.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
        watch.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        Deadline deadline = new Deadline();
        ScheduledFuture<?> cut = watch.schedule(deadline, WHOLE_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return retrieve(url, deadline);
        } finally {
            cut.cancel(false);
        }
    }

    private Resource retrieve(URL url, Deadline deadline) throws IOException {
        if (!(url.openConnection() instanceof HttpsURLConnection connection)) {
            throw new IOException("keys are fetched by https only");
        }
        connection.setSSLSocketFactory(sockets.until(deadline));
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setUseCaches(false);
        try {
            if (connection.getResponseCode() != 200) {
                throw new IOException("the issuer answers with status " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                byte[] body = in.readNBytes(MOST + 1);
                if (body.length > MOST) {
                    throw new IOException("the issuer's keys are more than " + MOST + " bytes");
                }
                return new Resource(new String(body, StandardCharsets.UTF_8), connection.getContentType());
            }
        } finally {
            connection.disconnect();
        }
    }

    private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, one);
            }
        }
        return store;
    }

    /** Closes a socket when time is over, whatever reads from it. */
    private static final class Deadline implements Runnable {
        private Socket socket;
        private boolean over;

        synchronized void watch(Socket connected) throws IOException {
            socket = connected;
            if (over) {
                connected.close();
            }
        }

        @Override
        public synchronized void run() {
            over = true;
            if (socket != null) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // whoever reads from it fails in any case
                    over = true;
                }
            }
        }
    }

    /** Looks at where a connection really goes before anything is said on it: it makes no socket that is not connected yet. */
    private static final class Guard extends SSLSocketFactory {
        private final SSLSocketFactory factory;
        private final List<AddressRange> allowed;
        private final Deadline deadline;

        Guard(SSLSocketFactory factory, List<AddressRange> allowed, Deadline deadline) {
            this.factory = factory;
            this.allowed = allowed;
            this.deadline = deadline;
        }

        Guard until(Deadline other) {
            return new Guard(factory, allowed, other);
        }

        @Override
        public Socket createSocket(Socket connected, String host, int port, boolean close) throws IOException {
            check(connected.getInetAddress());
            deadline.watch(connected);
            return factory.createSocket(connected, host, port, close);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return createSocket(new Socket(host, port), host, port, true);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(new Socket(host, port, local, localPort), host, port, true);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return createSocket(new Socket(host, port), host.getHostAddress(), port, true);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(new Socket(host, port, local, localPort), host.getHostAddress(), port, true);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }

        private void check(InetAddress address) throws IOException {
            boolean inside = address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isAnyLocalAddress()
                    || address.isMulticastAddress();
            if (inside && allowed.stream().noneMatch(range -> range.contains(address.getHostAddress()))) {
                throw new IOException("keys are not fetched from " + address.getHostAddress()
                        + "; the setting allowed.addresses can allow it");
            }
        }
    }
}
