package org.sallyport.adapter.transport.mina;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that connections are refused: the first at once, then at most one line in ten seconds that counts the others. One thread. */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long unsaid;
    private boolean saidOne;
    private long saidLast;

    /**
     * @param limit the setting that is reached
     * @return whether a line was written
     */
    boolean refused(String source, String limit, long nowNanos) {
        if (saidOne && nowNanos - saidLast < BETWEEN_NANOS) {
            unsaid++;
            return false;
        }
        LOG.warn(
                "Connection from {} refused: {} is reached ({} more refused since the last such line)",
                source,
                limit,
                unsaid);
        saidOne = true;
        saidLast = nowNanos;
        unsaid = 0;
        return true;
    }
}
