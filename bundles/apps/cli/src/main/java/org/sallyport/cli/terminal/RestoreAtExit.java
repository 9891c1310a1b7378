package org.sallyport.cli.terminal;

import java.io.IOException;

/** Puts a terminal back once: when it is closed, or when the process is ended before that, by SIGTERM or SIGHUP for instance. */
final class RestoreAtExit implements AutoCloseable {
    private final Tty tty;
    private final Thread hook = new Thread(this::restore, "sallyport-cli-restore-1");
    private boolean restored;

    /** To be made before the terminal is changed. */
    RestoreAtExit(Tty tty) {
        this.tty = tty;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already and the hook runs; it finds nothing left to do.
            return;
        }
    }

    private synchronized void restore() {
        if (restored) {
            return;
        }
        restored = true;
        try {
            tty.restore();
        } catch (IOException e) {
            System.err.println("The terminal could not be put back (" + e.getMessage() + "); type: stty sane");
        }
    }
}
