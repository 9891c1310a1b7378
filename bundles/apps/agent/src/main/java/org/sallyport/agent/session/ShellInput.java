package org.sallyport.agent.session;

import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.Flag;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.TerminalSize;

/** What a client's stream message means to a shell (data-channel specification, section 4). */
sealed interface ShellInput {
    record Keys(byte[] bytes) implements ShellInput {}

    record Size(TerminalSize size) implements ShellInput {}

    record Terminate() implements ShellInput {}

    /** Acknowledged and forgotten: asked again it would mean nothing either. */
    record Nothing() implements ShellInput {}

    static ShellInput of(AgentMessage message) {
        try {
            return switch (message.payloadType()) {
                case PayloadType.OUTPUT -> new Keys(message.payload());
                case PayloadType.SIZE -> new Size(TerminalSize.parse(message.payload()));
                case PayloadType.FLAG ->
                    Flag.parse(message.payload()) == Flag.TERMINATE_SESSION ? new Terminate() : new Nothing();
                default -> new Nothing();
            };
        } catch (MalformedMessageException e) {
            return new Nothing();
        }
    }
}
