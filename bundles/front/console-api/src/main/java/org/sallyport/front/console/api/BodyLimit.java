package org.sallyport.front.console.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.sallyport.api.error.SallyportException;

/** Takes bodies within bounds of size and time, after the guard and before anything is parsed. */
@Priority(Priorities.ENTITY_CODER)
final class BodyLimit implements ContainerRequestFilter {
    /** Most bytes of a body. */
    static final int MAX_BYTES = 64 * 1024;

    /** Time for the whole body. The web server bounds only the silence between two bytes. */
    static final Duration MAX_TIME = Duration.ofSeconds(20);

    private final LongSupplier nanoTime;

    BodyLimit() {
        this(System::nanoTime);
    }

    BodyLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (request.hasEntity()) {
            request.setEntityStream(new ByteArrayInputStream(read(request.getEntityStream())));
        }
    }

    private byte[] read(InputStream content) throws IOException {
        long begin = nanoTime.getAsLong();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int count = content.read(part); count >= 0; count = content.read(part)) {
            body.write(part, 0, count);
            if (body.size() > MAX_BYTES) {
                throw new SallyportException(
                        RequestError.BODY_TOO_LARGE, "The request's body is larger than " + MAX_BYTES + " bytes.");
            }
            if (nanoTime.getAsLong() - begin > MAX_TIME.toNanos()) {
                throw new SallyportException(
                        RequestError.BODY_LATE,
                        "The request's body did not come within " + MAX_TIME.toSeconds() + " seconds.");
            }
        }
        return body.toByteArray();
    }
}
