package org.sallyport.test.bench.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.sallyport.test.bench.fleet.FleetNode.Activation;
import org.sallyport.test.bench.fleet.FleetNode.Server;

/** Many nodes in this process, each with a key, a source address and TLS connections of its own. */
public final class Fleet implements AutoCloseable {
    private static final int REPORT_SECONDS = 10;
    private static final int A_LOOPBACK_NETWORK = 250;

    private final FleetNet net = new FleetNet();
    private final FleetCounts counts = new FleetCounts();
    private final List<FleetNode> nodes = new ArrayList<>();
    private final Slots booting;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);

    /**
     * What a fleet is made of.
     *
     * @param ca PEM file
     * @param activations ids with their codes, used in turn
     * @param keys file in which keys are kept from run to run
     * @param atATime nodes that boot at a time; a machine has a processor of its own, and two processors for all of them would make each
     *     so slow that the server closes its connections. What the others wait counts
     * @param oneAddress all nodes come from one address, as behind a translating router; otherwise each from its own in 127.0.0.0/8
     */
    public record Plan(
            java.net.URI api,
            java.net.URI channel,
            String region,
            Path ca,
            List<java.util.Map.Entry<String, String>> activations,
            Path keys,
            int nodes,
            int atATime,
            boolean oneAddress) {}

    /** Reads or makes the keys; connects nothing yet. */
    public Fleet(Plan plan) throws IOException {
        booting = new Slots(plan.atATime());
        TrustManager[] trust = trust(plan.ca());
        Server server = new Server(plan.api(), plan.channel(), plan.region());
        List<KeyPair> keys = FleetKeys.of(plan.keys(), plan.nodes());
        for (int i = 0; i < plan.nodes(); i++) {
            java.util.Map.Entry<String, String> activation =
                    plan.activations().get(i % plan.activations().size());
            nodes.add(new FleetNode(
                    net,
                    counts,
                    server,
                    new Activation(activation.getKey(), activation.getValue()),
                    keys.get(i),
                    context(trust),
                    plan.oneAddress() ? InetAddress.getLoopbackAddress() : address(i),
                    i));
        }
    }

    /**
     * Starts nodes, evenly over that time, and waits until all are connected; false when they are not at the end.
     *
     * @param from the first of them
     * @param to the one after the last
     */
    public boolean storm(int from, int to, long overMillis, long limitSeconds) throws InterruptedException {
        counts.forgetTimes();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = from; i < to; i++) {
            long due = begun + TimeUnit.MILLISECONDS.toNanos(overMillis * (i - from) / (to - from));
            long rest = due - System.nanoTime();
            if (rest > 0) {
                TimeUnit.NANOSECONDS.sleep(rest);
            }
            all.add(nodes.get(i).boot(booting));
        }
        ScheduledFuture<?> saying = clock.scheduleAtFixedRate(
                () -> System.err.printf(
                        "%d s: %d of %d nodes are connected%n",
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                        counts.nanos().size(),
                        to - from),
                REPORT_SECONDS,
                REPORT_SECONDS,
                TimeUnit.SECONDS);
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(limitSeconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            saying.cancel(false);
        }
    }

    /** From now on the nodes idle as amazon-ssm-agent does: a ping each 54 s, a report each 5 min, at times of their own. */
    public void idle() {
        every(54_000, FleetNode::ping);
        every(300_000, node -> node.report().exceptionally(failure -> {
            counts.failed(failure);
            return null;
        }));
    }

    private void every(long millis, java.util.function.Consumer<FleetNode> what) {
        for (int i = 0; i < nodes.size(); i++) {
            FleetNode node = nodes.get(i);
            clock.scheduleAtFixedRate(
                    () -> node.processor().execute(() -> what.accept(node)),
                    millis * i / nodes.size(),
                    millis,
                    TimeUnit.MILLISECONDS);
        }
    }

    public FleetCounts counts() {
        return counts;
    }

    /** Ids of the nodes that registered. */
    public List<String> ids() {
        return nodes.stream()
                .map(FleetNode::id)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private static InetAddress address(int node) throws UnknownHostException {
        byte[] bytes = {127, 10, (byte) (1 + node / A_LOOPBACK_NETWORK), (byte) (1 + node % A_LOOPBACK_NETWORK)};
        return InetAddress.getByAddress(bytes);
    }

    /** One each: a node resumes no TLS session of another. */
    private static SSLContext context(TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustManager[] trust(Path ca) throws IOException {
        try (InputStream in = Files.newInputStream(ca)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        net.close();
    }
}
