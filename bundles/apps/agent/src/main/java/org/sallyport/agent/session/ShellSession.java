package org.sallyport.agent.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.sallyport.agent.server.ChannelGateway;
import org.sallyport.agent.shell.Account;
import org.sallyport.agent.shell.Leftovers;
import org.sallyport.agent.shell.Shell;
import org.sallyport.agent.shell.ShellAccount;
import org.sallyport.agent.shell.ShellException;
import org.sallyport.agent.shell.ShellListener;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.SessionStatePayload;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shell and its data channel (node-agent specification, section 6). All state belongs to the lane; {@link #begin} and
 * {@link #terminate} may be called by any thread.
 */
final class ShellSession implements DataLinkEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ShellSession.class);
    private static final TerminalSize USUAL_SIZE = new TerminalSize(80, 24);
    private static final int WINDOW_BYTES = 512 * 1024;
    private static final StreamSettings STREAM =
            new StreamSettings(4096, WINDOW_BYTES, 1024, WINDOW_BYTES, 0, StreamSettings.Duplicates.ACKNOWLEDGE);

    /** What all sessions of a node share. */
    record Node(
            String id,
            ChannelGateway gateway,
            Executor connects,
            ShellAccount accounts,
            Leftovers leftovers,
            SessionLimits limits,
            LongSupplier clock,
            SessionOwner owner) {}

    private enum State {
        /** No data channel yet. */
        CONNECTING,
        /** The channel is open; the shell waits for the size of the client's window. */
        SIZING,
        /** The shell runs. */
        RUNNING,
        /** The shell has ended; the last output waits for its acknowledgements. */
        FLUSHING,
        /** Told to end; the processes are being ended. */
        ENDING,
        /** Reported. */
        ENDED
    }

    private final String id;
    private final ShellDocument document;
    private final Node node;
    private final Lane lane;
    private final DataLink link;
    private final OutputPump output;
    private final InputPath input;
    private State state;
    private Account account;
    private Shell shell;
    private Optional<Future<?>> deadline = Optional.empty();
    private boolean succeeded;
    private String endText;

    /** @param saved a session that begins, or where the agent stood that this process was before; {@link #goOn} follows */
    ShellSession(SavedSession saved, Node node) {
        this.id = saved.id();
        this.document = new ShellDocument(saved.shellProfile());
        this.node = node;
        this.lane = new Lane(id);
        this.link = new DataLink(
                node.gateway(),
                node.connects(),
                lane,
                id,
                node.id(),
                node.limits().resume(),
                this);
        this.output = new OutputPump(STREAM, lane, node.clock(), link::send, saved.output());
        this.input = new InputPath(STREAM, new ToShell(), this::acknowledge, saved.input());
        this.state = State.valueOf(saved.stage());
        this.succeeded = saved.succeeded();
        this.endText = saved.endText();
    }

    void goOn(SavedSession saved) {
        lane.execute(() -> {
            if (state == State.CONNECTING) {
                link.connect();
                return;
            }
            LOG.info("Session {}: goes on ({})", id, state);
            if (state != State.ENDING) {
                link.connectAgain();
            }
            try {
                takeOver(saved.runningShell());
            } catch (ShellException e) {
                end(false, e.getMessage());
            }
        });
    }

    private void takeOver(Optional<Shell.Saved> running) throws ShellException {
        if (state == State.SIZING) {
            account = node.accounts().resolve();
        } else if (running.isPresent()) {
            shell = Shell.inherit(running.get(), node.limits().grace(), new FromShell());
            if (state == State.ENDING) {
                shell.end();
            } else {
                input.room();
            }
        } else if (state != State.FLUSHING) {
            shellEnded();
        }
    }

    /** See {@link Frozen#on}. */
    CompletableFuture<Optional<Frozen>> freeze() {
        return Frozen.on(lane, () -> state == State.ENDED, () -> Optional.ofNullable(shell), kept -> {
            output.offerAll();
            return SavedSession.of(
                    new SavedSession.Life(id, document.shellProfile(), state.name(), succeeded, endText),
                    kept,
                    output.save(),
                    input.save());
        });
    }

    /** Ends the shell and reports success, as the server asked for it. */
    void terminate(String reason) {
        lane.execute(() -> {
            LOG.info("Session {}: ends: {}", id, reason);
            end(true, "");
        });
    }

    @Override
    public void opened(boolean first) {
        if (!first) {
            output.reconnected();
            flushIfEnded();
            return;
        }
        sendState(SessionStatePayload.CONNECTED);
        state = State.SIZING;
        output.sendEmpty();
        armSizeDeadline();
        try {
            account = node.accounts().resolve();
        } catch (ShellException e) {
            end(false, e.getMessage());
        }
    }

    @Override
    public void frame(AgentMessage message) {
        switch (message.type()) {
            case MessageTypes.INPUT_STREAM_DATA -> {
                output.resume();
                input.frame(message);
            }
            case MessageTypes.ACKNOWLEDGE -> acknowledged(message);
            case MessageTypes.PAUSE_PUBLICATION -> {
                output.pause();
                if (state == State.SIZING || state == State.FLUSHING) {
                    disarm();
                }
            }
            case MessageTypes.START_PUBLICATION -> {
                output.resume();
                armSizeDeadline();
                flushIfEnded();
            }
            case MessageTypes.CHANNEL_CLOSED -> terminate("the server closed its channel");
            default -> LOG.debug("Session {}: a message of type {} is not for shells", id, message.type());
        }
    }

    @Override
    public void writable() {
        output.writable();
    }

    @Override
    public void lost() {
        disarm();
    }

    @Override
    public void failed(String text) {
        end(false, "The data channel of the session could not be opened: " + text);
    }

    private void acknowledged(AgentMessage message) {
        try {
            output.acknowledged(Acknowledge.parse(message.payload()).sequenceNumber());
        } catch (MalformedMessageException e) {
            LOG.debug("Session {}: an acknowledgement is dropped: {}", id, e.getMessage());
        }
        if (state == State.FLUSHING) {
            disarm(); // a slow path is no reason to throw away the last output, a silent one is
        }
        flushIfEnded();
    }

    private void acknowledge(AgentMessage taken) {
        link.send(Messages.acknowledge(taken, UUID.randomUUID(), node.clock().getAsLong()));
    }

    private void startShell(TerminalSize size) {
        if (state != State.SIZING) {
            return;
        }
        disarm();
        try {
            shell = Shell.start(node.accounts(), account, size, node.limits().grace(), new FromShell());
            state = State.RUNNING;
            node.leftovers().note(shell.pid(), account, id);
            LOG.info("Session {}: shell of {} is process {}", id, account.name(), shell.pid());
        } catch (ShellException e) {
            LOG.warn("Session {}: no shell", id, e);
            end(false, e.getMessage());
            return;
        }
        if (!document.shellProfile().isEmpty()) {
            shell.write((document.shellProfile() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The shell and all its processes are gone, all output was handed to the pump. */
    private void shellEnded() {
        if (shell != null) {
            node.leftovers().forget(shell.pid());
        }
        shell = null;
        if (state == State.ENDING) {
            finish();
            return;
        }
        state = State.FLUSHING;
        output.end();
        flushIfEnded();
    }

    private void flushIfEnded() {
        if (state != State.FLUSHING) {
            return;
        }
        if (output.drained()) {
            leave();
        } else if (deadline.isEmpty() && link.connected() && !output.paused()) {
            // Who is paused has a client that is away or does not read; the server ends the session when it waited
            // enough.
            armFlushDeadline();
        }
    }

    private void leave() {
        sendState(SessionStatePayload.TERMINATING);
        finish();
    }

    private void end(boolean success, String text) {
        if (state == State.ENDING || state == State.ENDED) {
            return;
        }
        boolean shellGone = shell == null;
        state = State.ENDING;
        succeeded = success;
        endText = text;
        link.close();
        if (shellGone) {
            finish();
        } else {
            shell.end();
        }
    }

    private void finish() {
        state = State.ENDED;
        disarm();
        link.close();
        lane.end();
        LOG.info("Session {}: over{}", id, endText.isEmpty() ? "" : ": " + endText);
        node.owner().ended(id, succeeded, endText);
    }

    private void sendState(String name) {
        link.send(Messages.sessionState(
                new SessionStatePayload(name, id),
                UUID.randomUUID(),
                node.clock().getAsLong()));
    }

    /** Who is paused has no client yet, whose size could come. */
    private void armSizeDeadline() {
        if (state == State.SIZING && !output.paused()) {
            arm(node.limits().size(), () -> startShell(USUAL_SIZE));
        }
    }

    private void armFlushDeadline() {
        arm(node.limits().flush(), this::leave);
    }

    private void arm(Duration delay, Runnable work) {
        disarm();
        deadline = lane.schedule(delay, work);
    }

    private void disarm() {
        deadline.ifPresent(timer -> timer.cancel(false));
        deadline = Optional.empty();
    }

    private final class ToShell implements InputPath.Target {
        @Override
        public boolean keys(byte[] keys) {
            startShell(USUAL_SIZE);
            return shell == null || shell.write(keys);
        }

        @Override
        public void size(TerminalSize size) {
            if (state == State.SIZING) {
                startShell(size);
            } else if (state == State.RUNNING) {
                shell.resize(size);
            }
        }

        @Override
        public void terminate() {
            ShellSession.this.terminate("the client ended it");
        }
    }

    /** From the shell's threads to the lane. */
    private final class FromShell implements ShellListener {
        @Override
        public void awaitRoom() throws InterruptedException {
            output.awaitRoom();
        }

        @Override
        public void output(byte[] buffer, int length) {
            output.read(Arrays.copyOf(buffer, length));
        }

        @Override
        public void inputTaken() {
            lane.execute(input::room);
        }

        @Override
        public void ended() {
            lane.execute(ShellSession.this::shellEnded);
        }
    }
}
