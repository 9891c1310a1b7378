package org.sallyport.channel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sallyport.channel.Backoff;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Signer;
import org.sallyport.protocol.sigv4.SigningCredentials;

/**
 * Speaks to the server's API as AWS's tools do: JSON 1.1 operations, and the requests that open a channel (node-agent specification,
 * sections 2 to 6). Any thread; a call blocks until its answer or its deadline. Answers of more than 1 MiB are refused. 5xx, throttling
 * and connections that were refused are tried again after a jittered pause; nothing else is.
 *
 * <p>Methods throw {@link ServiceException} for an error that the service answered with, {@link IOException} for everything between.
 */
public final class ServiceClient implements AutoCloseable {
    private static final int MAX_ANSWER = 1 << 20;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ServiceSettings settings;
    private final Clock clock;
    private final HttpThreads http;

    public ServiceClient(ServiceSettings settings) {
        this(settings, Clock.systemUTC());
    }

    ServiceClient(ServiceSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = new HttpThreads(settings);
    }

    /** @param target for instance {@code AmazonSSM.StartSession}; signed for its service, {@code ssm} but for CloudTrail's */
    public JsonNode call(String target, JsonNode body) throws IOException {
        String service = target.startsWith("com.amazonaws.cloudtrail.") ? "cloudtrail" : "ssm";
        return json(target, body, request -> hmac(request, service));
    }

    /** Without any signature, for {@code AmazonSSM.RegisterManagedInstance}. */
    public JsonNode callUnsigned(String target, JsonNode body) throws IOException {
        return json(target, body, request -> List.of());
    }

    /**
     * A call of an API of ours, without any signature; what carries proof of who asks is in the body.
     *
     * @param method HTTP's
     * @param path from the root of the server
     * @param body null for none
     * @throws ServiceException with the problem's short name as code
     */
    public JsonNode callOwn(String method, String path, JsonNode body) throws IOException {
        ServiceAnswer answer = send(
                method,
                resolve(path),
                List.of(Map.entry("Content-Type", "application/json")),
                body,
                request -> List.of());
        if (answer.status() / 100 != 2) {
            throw answer.error();
        }
        return answer.json();
    }

    /** Signed with the node's own RSA key, for {@code AmazonSSM.RequestManagedInstanceRoleToken} (section 3.2). */
    public JsonNode callWithNodeKey(String target, JsonNode body, String nodeId, PrivateKey key) throws IOException {
        return json(
                target,
                body,
                request -> SigV4Signer.signRsaPss(request, nodeId, key, settings.region(), clock.instant()));
    }

    /**
     * Asks for the token of a channel; signed for service {@code ssmmessages}.
     *
     * @param path {@code /v1/control-channel/<node id>} or {@code /v1/data-channel/<session id>}, percent-encoded
     */
    public String channelToken(String path, JsonNode body) throws IOException {
        return channelToken(path, body, settings.deadline());
    }

    /** As {@link #channelToken(String, JsonNode)}, with a deadline of its own for each attempt. */
    public String channelToken(String path, JsonNode body, Duration deadline) throws IOException {
        ServiceAnswer answer = send(
                "POST",
                resolve(path),
                List.of(Map.entry("Content-Type", "application/json")),
                body,
                r -> hmac(r, "ssmmessages"),
                deadline);
        if (answer.status() != 201) {
            throw answer.error();
        }
        return answer.token();
    }

    /**
     * Headers that sign a web-socket upgrade for service {@code ssmmessages}; to be used at once.
     *
     * @param channel {@code wss://} address of the upgrade with its query
     */
    public List<Map.Entry<String, String>> upgradeHeaders(URI channel) {
        return hmac(view("GET", channel, List.of(), new byte[0]), "ssmmessages");
    }

    /** Ends the client's threads; calls under way fail. */
    @Override
    public void close() {
        http.close();
    }

    private JsonNode json(String target, JsonNode body, Signer signer) throws IOException {
        List<Map.Entry<String, String>> headers =
                List.of(Map.entry("Content-Type", "application/x-amz-json-1.1"), Map.entry("X-Amz-Target", target));
        ServiceAnswer answer = send("POST", resolve("/"), headers, body, signer);
        if (answer.status() != 200) {
            throw answer.error();
        }
        return answer.json();
    }

    private ServiceAnswer send(
            String method, URI uri, List<Map.Entry<String, String>> headers, JsonNode json, Signer signer)
            throws IOException {
        return send(method, uri, headers, json, signer, settings.deadline());
    }

    private ServiceAnswer send(
            String method,
            URI uri,
            List<Map.Entry<String, String>> headers,
            JsonNode json,
            Signer signer,
            Duration deadline)
            throws IOException {
        byte[] body = json == null ? new byte[0] : ServiceAnswer.JSON.writeValueAsBytes(json);
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == settings.attempts();
            try {
                ServiceAnswer answer = sendOnce(method, uri, headers, body, signer, deadline);
                if (last || !answer.retryable()) {
                    return answer;
                }
            } catch (ConnectException | HttpConnectTimeoutException e) {
                if (last || e.getCause() instanceof UnresolvedAddressException) {
                    throw unreachable(uri, e);
                }
            }
            pause(backoff.next());
        }
    }

    private ServiceAnswer sendOnce(
            String method,
            URI uri,
            List<Map.Entry<String, String>> headers,
            byte[] body,
            Signer signer,
            Duration deadline)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(deadline)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(h -> request.header(h.getKey(), h.getValue()));
        settings.proxy().authorizationFor(uri).ifPresent(value -> request.header(ProxySettings.AUTHORIZATION, value));
        signer.sign(view(method, uri, headers, body)).forEach(h -> request.header(h.getKey(), h.getValue()));
        CompletableFuture<HttpResponse<byte[]>> pending =
                client().sendAsync(request.build(), info -> new BoundedBody(MAX_ANSWER));
        try {
            // The request's own time-out ends with the headers; this one covers the body as well.
            HttpResponse<byte[]> response = pending.get(deadline.toMillis() + 500, TimeUnit.MILLISECONDS);
            return new ServiceAnswer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for " + uri.getAuthority());
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new HttpTimeoutException("No complete answer from " + uri.getAuthority() + " in " + deadline);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException) {
                throw (IOException) e.getCause();
            }
            throw unreachable(uri, e.getCause());
        }
    }

    private HttpClient client() throws IOException {
        try {
            return http.client();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted before the first call");
        }
    }

    private static IOException unreachable(URI uri, Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String reason = Objects.requireNonNullElse(
                deepest.getMessage(), deepest.getClass().getSimpleName());
        return new IOException("The server %s cannot be reached: %s".formatted(uri.getAuthority(), reason), cause);
    }

    private static void pause(Duration length) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted between two tries");
        }
    }

    private URI resolve(String path) {
        String base = settings.endpoint().toString().replaceAll("/+$", "");
        return URI.create(base + path);
    }

    private List<Map.Entry<String, String>> hmac(HttpRequestView request, String service) {
        SigningCredentials credentials = settings.credentials().get();
        return SigV4Signer.signHeaders(request, credentials, settings.region(), service, clock.instant());
    }

    private static HttpRequestView view(String method, URI uri, List<Map.Entry<String, String>> headers, byte[] body) {
        List<Map.Entry<String, String>> signed = new ArrayList<>(headers);
        signed.add(Map.entry("Host", hostHeader(uri)));
        String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
        return new HttpRequestView(method, uri.getRawPath(), query, signed, body);
    }

    /** As the JDK's client and ours send it: with the port unless it is the scheme's own. */
    private static String hostHeader(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean standard =
                uri.getPort() < 0 || uri.getPort() == 443 && (scheme.equals("https") || scheme.equals("wss"));
        return standard ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private interface Signer {
        List<Map.Entry<String, String>> sign(HttpRequestView request);
    }
}
