package org.sallyport.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jline.utils.Signals;

/**
 * Where the person sits. Standard input that is a terminal is put into raw mode: every key goes to the node, Ctrl-C included. Standard
 * output that is a terminal tells the size. Either may be a file or a pipe instead. The terminal is put back on every way out of the
 * process. Knows no network.
 */
public final class LocalTerminal implements AutoCloseable {

    /** Columns and rows; 300 x 100 without a terminal, as the official client says (data-channel specification, section 6). */
    public record Dimensions(int columns, int rows) {
        static final Dimensions NO_TERMINAL = new Dimensions(300, 100);

        /** Fits on each. */
        static final Dimensions SMALL = new Dimensions(80, 24);
    }

    private final Optional<Tty> output;
    private final Optional<Tty> talk;
    private final Optional<RestoreAtExit> raw;

    /** A channel, since closing one wakes who reads it: Java waits 300 ms at its end for a thread that is still in a system call. */
    private final FileChannel keys = new FileInputStream(FileDescriptor.in).getChannel();

    private LocalTerminal(Optional<Tty> output, Optional<Tty> talk, Optional<RestoreAtExit> raw) {
        this.output = output;
        this.talk = talk;
        this.raw = raw;
    }

    /** Takes over what is a terminal. */
    public static LocalTerminal open() throws IOException {
        Optional<Tty> input = Tty.input();
        Optional<RestoreAtExit> raw = input.map(RestoreAtExit::new);
        if (input.isPresent()) {
            input.get().raw();
        }
        // One that says of itself that it can do nothing is written to as if it were a file.
        boolean able = !Set.of("", "dumb").contains(Objects.requireNonNullElse(System.getenv("TERM"), ""));
        return new LocalTerminal(Tty.output(), able ? Tty.error() : Optional.empty(), raw);
    }

    /** Bytes as typed; blocks. Fails once the terminal is closed, at once also for a thread that waits in it. */
    public InputStream input() {
        return Channels.newInputStream(keys);
    }

    /** Bytes to show, unchanged and unbuffered; tells when nobody reads them any more. */
    public OutputStream output() {
        return new FileOutputStream(FileDescriptor.out);
    }

    /** Whether keys are typed at a terminal, rather than read from a file or a pipe. */
    public boolean interactive() {
        return raw.isPresent();
    }

    /** Whether standard output is a terminal. */
    public boolean shows() {
        return output.isPresent();
    }

    /** Whether standard error is a terminal that can move its cursor. */
    public boolean talks() {
        return talk.isPresent();
    }

    /** Of the terminal that the output goes to. */
    public Dimensions size() {
        return size(output, Dimensions.NO_TERMINAL);
    }

    /** Of the terminal that standard error is. */
    public Dimensions talkSize() {
        return size(talk, Dimensions.SMALL);
    }

    private static Dimensions size(Optional<Tty> terminal, Dimensions unknown) {
        if (terminal.isEmpty()) {
            return unknown;
        }
        try {
            return terminal.get()
                    .size()
                    .map(size -> new Dimensions(size.getColumns(), size.getRows()))
                    .orElse(unknown);
        } catch (IOException e) {
            // The terminal went away; the end of its input ends the session.
            return unknown;
        }
    }

    /** Calls back on a thread of the signal's when the window changes. */
    public void onResize(Runnable changed) {
        if (output.isPresent()) {
            Signals.register("WINCH", changed);
        }
    }

    /** Puts the terminal back first: afterwards standard input is closed. */
    @Override
    public void close() {
        raw.ifPresent(RestoreAtExit::close);
        try {
            keys.close();
        } catch (IOException e) {
            // Nobody reads it any more, and the system closes it with the process.
            return;
        }
    }
}
