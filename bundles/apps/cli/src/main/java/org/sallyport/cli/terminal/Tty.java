package org.sallyport.cli.terminal;

import java.io.FileDescriptor;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniNativePty;
import org.jline.terminal.impl.jni.linux.LinuxNativePty;
import org.jline.terminal.impl.jni.osx.OsXNativePty;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;

/** Standard input, output or error that is a terminal, each for itself: the others may be files. Any thread. */
final class Tty {
    private final Pty pty;
    private final Attributes before;

    private Tty(Pty pty) throws IOException {
        this.pty = pty;
        this.before = pty.getAttr();
    }

    /** Standard input, when it is a terminal. */
    static Optional<Tty> input() throws IOException {
        return of(SystemStream.Input, 0, FileDescriptor.in);
    }

    /** Standard output, when it is a terminal. */
    static Optional<Tty> output() throws IOException {
        return of(SystemStream.Output, 1, FileDescriptor.out);
    }

    /** Standard error, when it is a terminal. */
    static Optional<Tty> error() throws IOException {
        return of(SystemStream.Error, 2, FileDescriptor.err);
    }

    private static Optional<Tty> of(SystemStream stream, int number, FileDescriptor descriptor) throws IOException {
        try {
            if (!JniNativePty.isPosixSystemStream(stream)) {
                return Optional.empty();
            }
            String name = JniNativePty.posixSystemStreamName(stream);
            boolean mac = System.getProperty("os.name").startsWith("Mac");
            return Optional.of(new Tty(
                    mac
                            ? new OsXNativePty(null, stream, -1, null, number, descriptor, name)
                            : new LinuxNativePty(null, stream, -1, null, number, descriptor, name)));
        } catch (LinkageError e) {
            if (System.console() == null) {
                return Optional.empty();
            }
            throw new IOException(
                    "The terminal cannot be taken over (%s); give a folder that allows programs with -Djline.tmpdir=DIR in SALLYPORT_JAVA_OPTS"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /** Every key goes through as it is, Ctrl-C included; what is shown is not changed either. */
    void raw() throws IOException {
        Attributes raw = new Attributes(before);
        raw.setLocalFlags(
                EnumSet.of(LocalFlag.ISIG, LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.ECHONL, LocalFlag.IEXTEN),
                false);
        raw.setInputFlags(
                EnumSet.of(
                        InputFlag.BRKINT,
                        InputFlag.INPCK,
                        InputFlag.ISTRIP,
                        InputFlag.INLCR,
                        InputFlag.IGNCR,
                        InputFlag.ICRNL,
                        InputFlag.IXON),
                false);
        raw.setOutputFlag(OutputFlag.OPOST, false);
        raw.setControlChar(ControlChar.VMIN, 1);
        raw.setControlChar(ControlChar.VTIME, 0);
        pty.setAttr(raw);
    }

    /** For secrets: what is typed is not shown. */
    void hideTyping() throws IOException {
        Attributes hidden = new Attributes(before);
        hidden.setLocalFlag(LocalFlag.ECHO, false);
        hidden.setLocalFlag(LocalFlag.ECHONL, true);
        pty.setAttr(hidden);
    }

    /** As it was found. */
    void restore() throws IOException {
        pty.setAttr(before);
    }

    /** Empty when the terminal does not know its size. */
    Optional<Size> size() throws IOException {
        Size size = pty.getSize();
        return Optional.of(size).filter(known -> known.getColumns() > 0 && known.getRows() > 0);
    }
}
