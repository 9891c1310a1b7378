package org.sallyport.core.session;

import java.util.UUID;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.TaskComplete;

/** What a node says on its control channel of a session that ended there. */
final class NodeReport {
    private NodeReport() {}

    static AgentMessage of(String sessionId) {
        return of(sessionId, TaskComplete.SUCCESS, "");
    }

    static AgentMessage of(String sessionId, String status, String output) {
        byte[] json = new TaskComplete(sessionId, status, Fixture.NODE_ID, output, TaskComplete.Logs.NONE, 1).toJson();
        return new AgentMessage(
                MessageTypes.AGENT_TASK_COMPLETE, 1, 1, 0, 0, UUID.randomUUID(), PayloadType.NONE, json);
    }
}
