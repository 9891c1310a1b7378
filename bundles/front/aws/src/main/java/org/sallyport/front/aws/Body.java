package org.sallyport.front.aws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.sallyport.api.error.SallyportException;

/** Takes the body of a request within bounds of size and time. */
final class Body {
    /** Most bytes of a body. */
    static final int MAX_BYTES = 1024 * 1024;
    /** Time for the whole body. The web server bounds only the silence between two bytes. */
    static final Duration MAX_TIME = Duration.ofSeconds(20);

    private Body() {}

    /**
     * @param announced length that the request names, negative for none
     * @param nanoTime a clock as {@link System#nanoTime}
     * @throws SallyportException {@link RequestError#BODY_TOO_LARGE}, {@link RequestError#BODY_LATE}
     */
    static byte[] read(InputStream content, long announced, LongSupplier nanoTime) throws IOException {
        if (announced > MAX_BYTES) {
            throw tooLarge();
        }
        long begin = nanoTime.getAsLong();
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(512, (int) announced));
        byte[] part = new byte[8192];
        for (int count = content.read(part); count >= 0; count = content.read(part)) {
            body.write(part, 0, count);
            if (body.size() > MAX_BYTES) {
                throw tooLarge();
            }
            if (nanoTime.getAsLong() - begin > MAX_TIME.toNanos()) {
                throw new SallyportException(
                        RequestError.BODY_LATE,
                        "The request's body did not come within " + MAX_TIME.toSeconds() + " seconds");
            }
        }
        return body.toByteArray();
    }

    private static SallyportException tooLarge() {
        return new SallyportException(
                RequestError.BODY_TOO_LARGE, "The request's body is larger than " + MAX_BYTES + " bytes");
    }
}
