package org.sallyport.test.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.condition.Condition;
import org.sallyport.api.edge.TlsIdentity;

/**
 * The API port is asked without a pause while what is behind it comes and goes: it refuses the connection, says 503 in AWS's shape, or
 * gives the right answer, and never anything else.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ApiFrontIT {
    private static final String RIGHT = "right answer";
    private static final String AWAY = "503";
    private static final String REFUSED = "connection refused";
    private static final long WAIT_SECONDS = 180;

    @Inject
    private BundleContext context;

    @Inject
    @Filter("(osgi.condition.id=sallyport.ready)")
    private Condition ready;

    @Inject
    private TlsIdentity tls;

    /** A path, and the bundle that answers it: 200, or 401 where one has to sign in. */
    private static final Map<String, String> FRONTS = Map.of(
            "/health/live", "org.sallyport.core.status",
            "/console/", "org.sallyport.front.console",
            "/console/api/v1/openapi.json", "org.sallyport.front.console.api");

    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @Configuration
    public Option[] server() {
        return AssembledServer.options("front");
    }

    @Before
    public void open() throws Exception {
        await("the API port", () -> ask(client()).equals(RIGHT));
    }

    @Test
    public void theFrontIsStoppedAndStarted() throws Exception {
        hammered(() -> restart("org.sallyport.front.aws"));
        assertTrue("503 was seen: " + seen, seen.containsKey(AWAY));
        assertTrue("no connection was refused: " + seen, !seen.containsKey(REFUSED));
    }

    @Test
    public void theRestWhiteboardIsStoppedAndStarted() throws Exception {
        hammered(() -> restart("org.eclipse.osgitech.rest.servlet.whiteboard"));
        assertTrue("503 was seen: " + seen, seen.containsKey(AWAY));
    }

    @Test
    public void thePortItselfIsClosedAndOpened() throws Exception {
        hammered(() -> restart("org.sallyport.core.edge"));
        assertTrue("refused connections were seen: " + seen, seen.containsKey(REFUSED));
    }

    @Test
    public void methodsAndPathsThatNoOperationHasAreUnknownOperations() throws Exception {
        for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
            HttpResponse<String> answer = send(client(), "/", method, false);
            assertEquals(method, 400, answer.statusCode());
            assertTrue(answer.body(), answer.body().contains("\"__type\":\"UnknownOperationException\""));
        }
        HttpResponse<String> elsewhere = send(client(), "/nowhere", "GET", false);
        assertEquals(404, elsewhere.statusCode());
        assertTrue(elsewhere.body(), elsewhere.body().contains("\"__type\":\"UnknownOperationException\""));
    }

    /** What is not mounted, be it not yet or not for the moment, is away; only what nobody has is unknown. */
    @Test
    public void aPathOfAFrontThatIsNotMountedIsAwayAndNotUnknown() throws Exception {
        for (Map.Entry<String, String> front : FRONTS.entrySet()) {
            String path = front.getKey();
            await(path, () -> mounted(path));
            Bundle bundle = bundle(front.getValue());
            bundle.stop();
            try {
                HttpResponse<String> away = send(client(), path, "GET", false);
                assertEquals(path + " " + away.body(), 503, away.statusCode());
                assertEquals(path, "1", away.headers().firstValue("Retry-After").orElse("none"));
                assertTrue(away.body(), away.body().contains("\"urn:sallyport:problem:service-away\""));
                assertEquals(
                        404, send(client(), "/health/nowhere", "GET", false).statusCode());
            } finally {
                bundle.start();
            }
            await(path + " again", () -> mounted(path));
        }
    }

    private boolean mounted(String path) throws IOException, InterruptedException {
        int status = send(client(), path, "GET", false).statusCode();
        return status == 200 || status == 401;
    }

    private interface Change {
        void make() throws Exception;
    }

    /** Four askers, each on its own connections, through three changes and until the right answer is back. */
    private void hammered(Change change) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread[] askers = new Thread[4];
        for (int i = 0; i < askers.length; i++) {
            boolean fresh = i % 2 == 0;
            askers[i] = new Thread(() -> hammer(done, fresh), "asker-" + i);
            askers[i].start();
        }
        try {
            for (int i = 0; i < 3; i++) {
                change.make();
                await("the right answer after a change", () -> ask(client()).equals(RIGHT));
            }
        } finally {
            done.set(true);
            for (Thread asker : askers) {
                asker.join();
            }
        }
        assertTrue("wrong answers: " + wrong, wrong.isEmpty());
        assertTrue("right answers were seen: " + seen, seen.containsKey(RIGHT));
    }

    private void hammer(AtomicBoolean done, boolean fresh) {
        HttpClient client = client();
        while (!done.get()) {
            seen.computeIfAbsent(ask(fresh ? client() : client), unused -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    /** One call of an operation that is there, unsigned; classified. */
    private String ask(HttpClient client) {
        try {
            HttpResponse<String> answer = send(client, "/", "POST", true);
            String body = answer.body();
            if (answer.statusCode() == 400 && body.contains("\"__type\":\"MissingAuthenticationTokenException\"")) {
                return RIGHT;
            }
            boolean shaped = body.contains("\"__type\":\"ServiceUnavailable\"")
                    && answer.headers().firstValue("Retry-After").isPresent();
            if (answer.statusCode() == 503 && shaped) {
                return AWAY;
            }
            wrong.add(answer.statusCode() + " " + answer.headers().map() + " " + body);
            return "wrong";
        } catch (ConnectException e) {
            return REFUSED;
        } catch (IOException e) {
            // A connection that was open when its listener or its server went.
            return "connection ended";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> send(HttpClient client, String path, String method, boolean target)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + Integer.getInteger("sallyport.api.port") + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        target ? HttpRequest.BodyPublishers.ofString("{}") : HttpRequest.BodyPublishers.noBody());
        if (target) {
            request.header("X-Amz-Target", "AmazonSSM.DescribeSessions")
                    .header("Content-Type", "application/x-amz-json-1.1");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpClient client() {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(tls.caPem().getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
        } catch (java.security.GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void restart(String symbolicName) throws Exception {
        Bundle bundle = bundle(symbolicName);
        bundle.stop();
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        bundle.start();
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(candidate -> symbolicName.equals(candidate.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private interface Wish {
        boolean holds() throws Exception;
    }

    private static void await(String what, Wish wish) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(WAIT_SECONDS).toNanos();
        while (!wish.holds()) {
            assertTrue(what + " did not come", System.nanoTime() < end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
