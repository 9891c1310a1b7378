package org.sallyport.test.chaos;

import java.util.concurrent.TimeUnit;

/** Ends a process that a test started, and what that started. */
final class Stopping {
    private static final long GRACE_SECONDS = 30;

    private Stopping() {}

    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
