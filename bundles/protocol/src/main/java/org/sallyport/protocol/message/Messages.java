package org.sallyport.protocol.message;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Whole messages that are not part of a stream: sequence number 0, payload type 0 (data-channel specification, section 3.5;
 * node-agent specification, section 5.5). In each, {@code id} is the new message's own and {@code now} milliseconds since 1970.
 */
public final class Messages {
    private static final long SYN_AND_FIN = 3;
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);

    private Messages() {}

    public static AgentMessage acknowledge(AgentMessage received, UUID id, long now) {
        return acknowledge(received.type(), received.messageId(), received.sequenceNumber(), id, now);
    }

    /** For who read the header only. */
    public static AgentMessage acknowledge(MessageHeader received, UUID id, long now) {
        return acknowledge(received.type(), received.messageId(), received.sequenceNumber(), id, now);
    }

    public static AgentMessage channelClosed(ChannelClosed payload, UUID id, long now) {
        return message(MessageTypes.CHANNEL_CLOSED, 0, payload.toJson(), id, now);
    }

    public static AgentMessage startPublication(UUID id, long now) {
        return message(MessageTypes.START_PUBLICATION, 0, EMPTY_OBJECT, id, now);
    }

    public static AgentMessage pausePublication(UUID id, long now) {
        return message(MessageTypes.PAUSE_PUBLICATION, 0, EMPTY_OBJECT, id, now);
    }

    public static AgentMessage sessionState(SessionStatePayload payload, UUID id, long now) {
        return message(MessageTypes.AGENT_SESSION_STATE, SYN_AND_FIN, payload.toJson(), id, now);
    }

    public static AgentMessage interactiveShell(SessionTask payload, UUID id, long now) {
        return interactiveShell(payload.toJson(), id, now);
    }

    /** @param task as {@link SessionTask#toJson} gave it */
    public static AgentMessage interactiveShell(byte[] task, UUID id, long now) {
        return message(MessageTypes.INTERACTIVE_SHELL, 0, task, id, now);
    }

    public static AgentMessage taskComplete(TaskComplete payload, UUID id, long now) {
        return message(MessageTypes.AGENT_TASK_COMPLETE, 0, payload.toJson(), id, now);
    }

    public static AgentMessage taskAcknowledge(TaskAcknowledge payload, UUID id, long now) {
        return message(MessageTypes.AGENT_TASK_ACKNOWLEDGE, 0, payload.toJson(), id, now);
    }

    public static AgentMessage sessionNotice(SessionNotice payload, UUID id, long now) {
        return message(MessageTypes.SESSION_NOTICE, 0, payload.toJson(), id, now);
    }

    public static AgentMessage sessionPosition(SessionPosition payload, UUID id, long now) {
        return message(MessageTypes.SESSION_POSITION, 0, payload.toJson(), id, now);
    }

    private static AgentMessage acknowledge(String type, UUID messageId, long sequence, UUID id, long now) {
        byte[] payload = new Acknowledge(type, messageId, sequence, true).toJson();
        return message(MessageTypes.ACKNOWLEDGE, SYN_AND_FIN, payload, id, now);
    }

    private static AgentMessage message(String type, long flags, byte[] payload, UUID id, long now) {
        return new AgentMessage(type, 1, now, 0, flags, id, PayloadType.NONE, payload);
    }
}
