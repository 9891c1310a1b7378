package org.sallyport.agent.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;

/**
 * One unsigned request, to see whether a server is there, is the right one, and has the same time.
 *
 * @param status of whatever it answered
 * @param ahead how far the server's clock is ahead of ours; empty when it does not say
 */
public record ServerProbe(URI server, int status, Optional<Duration> ahead) {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration MOST_SKEW = Duration.ofMinutes(4);

    /** @throws IOException it cannot be reached or its certificate is not from one of these authorities */
    public static ServerProbe reach(URI server, List<String> caPems) throws IOException {
        ProxySettings proxy = ProxySettings.fromEnvironment(System.getenv());
        HttpClient client = HttpClient.newBuilder()
                .sslContext(CaTrust.ofPem(caPems).sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(proxy.selector())
                .connectTimeout(DEADLINE)
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(DEADLINE);
        proxy.authorizationFor(server).ifPresent(value -> request.header(ProxySettings.AUTHORIZATION, value));
        try {
            HttpResponse<Void> answer = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            return new ServerProbe(server, answer.statusCode(), ahead(answer));
        } catch (IOException e) {
            throw new IOException("%s cannot be reached: %s".formatted(server, deepest(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    public String describe() {
        return "%s answers (HTTP %d), its certificate is from the pinned authority".formatted(server, status);
    }

    /** @throws IOException the clocks are so far apart that signatures fail */
    public String requireClock() throws IOException {
        if (ahead.isEmpty()) {
            return "the server does not tell its time";
        }
        Duration skew = ahead.get();
        if (skew.abs().compareTo(MOST_SKEW) > 0) {
            throw new IOException(
                    "This machine's clock and the server's are %d s apart; requests are refused from 300 s on: set the clock"
                            .formatted(skew.abs().toSeconds()));
        }
        return "%d s apart from the server's".formatted(skew.abs().toSeconds());
    }

    private static Optional<Duration> ahead(HttpResponse<?> answer) {
        try {
            return answer.headers()
                    .firstValue("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(time -> Duration.between(Instant.now(), time.toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
