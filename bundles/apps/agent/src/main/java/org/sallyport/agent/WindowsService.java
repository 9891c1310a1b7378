package org.sallyport.agent;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a wrapper that makes a Windows service of a Java program calls (procrun of Apache Commons Daemon, in its mode {@code jvm}): one method that runs
 * for as long as the service does, and one that ends it, on a thread of the service manager's.
 */
public final class WindowsService {
    /** The agent tells its server, and ends its sessions, within ten. */
    private static final long STOP_SECONDS = 15;

    private static final CountDownLatch ENDED = new CountDownLatch(1);

    private WindowsService() {}

    /**
     * Returns when {@link #stop} was called.
     *
     * @param arguments of the command line, beginning with {@code run}
     * @throws IllegalStateException the agent cannot run; the wrapper then reports a failed service, which is started again
     */
    public static void start(String[] arguments) {
        try {
            int status = Main.run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
            if (status != 0) {
                throw new IllegalStateException("The agent ended with status " + status);
            }
        } finally {
            ENDED.countDown();
        }
    }

    /** Blocks until all sessions have ended, at most 15 seconds. */
    public static void stop(String[] arguments) throws InterruptedException {
        RunCommand.stop();
        ENDED.await(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
