package org.sallyport.agent.shell;

import com.pty4j.unix.UnixPtyProcess;
import com.sun.jna.LastErrorException;
import java.util.concurrent.CountDownLatch;

/** The first program on a terminal: a child of this process, leader of a kernel session. */
interface Leader {
    long pid();

    /** Blocks until it has ended; its children may live on. Status as a shell would say it, -1 when it is not known. */
    int waitFor() throws InterruptedException;

    static Leader of(UnixPtyProcess process) {
        return new Leader() {
            @Override
            public long pid() {
                return process.pid();
            }

            @Override
            public int waitFor() throws InterruptedException {
                return process.waitFor();
            }
        };
    }

    /**
     * A child that this process had before it became another program. A daemon thread {@code sallyport-agent-reap-<pid>} waits for it, since that
     * wait cannot be interrupted.
     */
    static Leader inherited(long pid) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread reaper = new Thread(
                () -> {
                    reap(Math.toIntExact(pid));
                    ended.countDown();
                },
                "sallyport-agent-reap-" + pid);
        reaper.setDaemon(true);
        reaper.start();
        return new Leader() {
            @Override
            public long pid() {
                return pid;
            }

            @Override
            public int waitFor() throws InterruptedException {
                ended.await();
                return -1;
            }
        };
    }

    private static void reap(int pid) {
        while (true) {
            try {
                SystemCalls.waitpid(pid, new int[1], 0);
                return;
            } catch (LastErrorException e) {
                if (e.getErrorCode() != SystemCalls.EINTR) {
                    // no child: its end was seen before
                    return;
                }
            }
        }
    }
}
