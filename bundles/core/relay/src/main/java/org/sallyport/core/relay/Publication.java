package org.sallyport.core.relay;

/**
 * Whether the node may send output (data-channel specification, 8.1). Normally by {@code pause_publication} and {@code start_publication}; a
 * session with separate output must never be paused so, its socket is left unread instead, for 30 s at a time, since the node's pings wait
 * meanwhile. Lane only.
 */
final class Publication {
    static final long STOP_MILLIS = 30_000;
    static final long BREATH_MILLIS = 1_000;

    private final boolean separateOutput;
    private final Timer timer;
    private DataChannel node;
    private boolean paused;
    private boolean overtaken;
    private long readUntil = Long.MIN_VALUE;
    private Runnable cancel = () -> {};

    Publication(boolean separateOutput, Timer timer) {
        this.separateOutput = separateOutput;
        this.timer = timer;
    }

    /** A node's new connection, on which nothing is paused; null when it went. */
    void node(DataChannel attached) {
        cancel.run();
        node = attached;
        paused = false;
        overtaken = false;
        readUntil = Long.MIN_VALUE;
    }

    /** A message went to the node; input and acknowledgements end a pause. */
    void relayed() {
        overtaken = true;
    }

    /** Asks the node to stop, again if something relayed to it has ended the pause. Not for separate output. */
    void pause() {
        if (node == null || separateOutput) {
            return;
        }
        if (!paused || overtaken) {
            paused = true;
            overtaken = false;
            node.send(RelayMessages.pausePublication(timer.epochMillis()));
        }
    }

    /** Too much waits: pauses, or leaves the socket unread when it must not be paused. */
    void stop() {
        if (!separateOutput) {
            pause();
            return;
        }
        if (node == null || paused || timer.millis() < readUntil) {
            return;
        }
        paused = true;
        DataChannel stopped = node;
        stopped.stopReading();
        cancel = timer.after(STOP_MILLIS, () -> stopped.onLane(() -> breathe(stopped)));
    }

    /** The client takes output again; does nothing while nothing is paused. */
    void resume() {
        if (paused) {
            start();
        }
    }

    /** Tells the node to publish, whatever was before. */
    void start() {
        if (node == null) {
            return;
        }
        paused = false;
        overtaken = false;
        cancel.run();
        if (separateOutput) {
            node.resumeReading();
        }
        node.send(RelayMessages.startPublication(timer.epochMillis()));
    }

    /** Reads for a moment, so that pings and acknowledgements pass. */
    private void breathe(DataChannel stopped) {
        if (node == stopped && paused) {
            paused = false;
            readUntil = timer.millis() + BREATH_MILLIS;
            stopped.resumeReading();
        }
    }
}
