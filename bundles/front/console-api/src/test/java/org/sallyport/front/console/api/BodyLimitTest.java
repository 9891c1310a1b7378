package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.SallyportException;

class BodyLimitTest {
    private final AtomicLong nanos = new AtomicLong();
    private final BodyLimit limit = new BodyLimit(nanos::get);

    /** A body of two parts, the second of which comes after so many nanoseconds. */
    private ContainerRequest request(long later) {
        URI uri = URI.create("https://console.example/");
        ContainerRequest request = new ContainerRequest(uri, uri, "POST", null, new MapPropertiesDelegate(), null);
        request.setEntityStream(new ByteArrayInputStream(new byte[] {1, 2}) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                if (available() == 1) {
                    nanos.addAndGet(later);
                }
                return super.read(into, from, 1);
            }
        });
        return request;
    }

    @Test
    void aBodyThatComesInTimeIsTakenWhole() throws IOException {
        ContainerRequest request = request(BodyLimit.MAX_TIME.toNanos());

        limit.filter(request);

        assertThat(request.getEntityStream().readAllBytes()).containsExactly(1, 2);
    }

    @Test
    void aBodyThatTricklesIsRefused() {
        assertThatThrownBy(() -> limit.filter(request(BodyLimit.MAX_TIME.toNanos() + 1)))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(RequestError.BODY_LATE));
    }
}
