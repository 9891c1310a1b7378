package org.sallyport.test.chaos;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.cli.session.Dialer;

/** The command line's dialer, counting. */
final class CountingDialer implements Dialer {
    private final Dialer dialer;
    private final AtomicInteger dials = new AtomicInteger();

    CountingDialer(Dialer dialer) {
        this.dialer = dialer;
    }

    int dials() {
        return dials.get();
    }

    @Override
    public void dial(URI streamUrl, WebSocketListener listener) {
        dials.incrementAndGet();
        dialer.dial(streamUrl, listener);
    }

    @Override
    public void resume(String sessionId, Answer answer) {
        dialer.resume(sessionId, answer);
    }
}
