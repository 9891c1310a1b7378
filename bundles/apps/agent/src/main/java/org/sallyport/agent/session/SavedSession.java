package org.sallyport.agent.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.sallyport.agent.shell.Shell;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSender;

/**
 * A session on its way from one agent to the next in the same process; also the form in which it is written, so that what is added later must be
 * able to be missing.
 *
 * @param id of the session
 * @param shellProfile of its document
 * @param stage of its life, as {@code ShellSession} names them
 * @param succeeded what will be reported
 * @param endText what will be reported
 * @param inputRefused whether input waits for the shell
 * @param shell null when there is none
 * @param nextOutput number of the next output message
 * @param sent output messages that were not acknowledged, as on the wire
 * @param unsent output that was not sent
 * @param incomplete bytes of an incomplete character of the output
 * @param nextInput number of the input message whose turn is next
 * @param early input messages that came before their turn, as on the wire
 */
public record SavedSession(
        String id,
        String shellProfile,
        String stage,
        boolean succeeded,
        String endText,
        boolean inputRefused,
        Shell.Saved shell,
        long nextOutput,
        List<byte[]> sent,
        List<byte[]> unsent,
        byte[] incomplete,
        long nextInput,
        List<byte[]> early) {

    /** As the parameters of this type. */
    record Life(String id, String shellProfile, String stage, boolean succeeded, String endText) {}

    /** One that is ordered just now. */
    static SavedSession begun(String id, ShellDocument document) {
        return new SavedSession(
                id,
                document.shellProfile(),
                "CONNECTING",
                true,
                "",
                false,
                null,
                0,
                List.of(),
                List.of(),
                new byte[] {},
                0,
                List.of());
    }

    static SavedSession of(Life life, Optional<Shell.Saved> shell, OutputPump.Saved output, InputPath.Saved input) {
        return new SavedSession(
                life.id(),
                life.shellProfile(),
                life.stage(),
                life.succeeded(),
                life.endText(),
                input.refused(),
                shell.orElse(null),
                output.sender().next(),
                encoded(output.sender().waiting()),
                output.waiting(),
                output.rest(),
                input.receiver().expected(),
                encoded(input.receiver().early()));
    }

    /** @throws IllegalStateException it is not what {@link #of} was given */
    OutputPump.Saved output() {
        return new OutputPump.Saved(new StreamSender.Saved(nextOutput, decoded(sent)), unsent, incomplete);
    }

    /** @throws IllegalStateException it is not what {@link #of} was given */
    InputPath.Saved input() {
        return new InputPath.Saved(new StreamReceiver.Saved(nextInput, decoded(early)), inputRefused);
    }

    Optional<Shell.Saved> runningShell() {
        return Optional.ofNullable(shell);
    }

    private static List<byte[]> encoded(List<AgentMessage> messages) {
        return messages.stream().map(AgentMessage::encode).toList();
    }

    private static List<AgentMessage> decoded(List<byte[]> messages) {
        return messages.stream().map(SavedSession::decode).toList();
    }

    private static AgentMessage decode(byte[] message) {
        try {
            return AgentMessage.decode(ByteBuffer.wrap(message), false);
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("a message of a session was not inherited whole", e);
        }
    }
}
