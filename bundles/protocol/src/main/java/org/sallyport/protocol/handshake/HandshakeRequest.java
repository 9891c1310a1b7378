package org.sallyport.protocol.handshake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;
import org.sallyport.protocol.message.MalformedMessageException;

/**
 * Payload type 5, node to client.
 *
 * @param agentVersion four numbers with dots
 * @param actions at most {@link #MAX_ACTIONS} when read
 */
public record HandshakeRequest(String agentVersion, List<RequestedAction> actions) {
    static final int MAX_ACTIONS = 16;

    public HandshakeRequest {
        actions = List.copyOf(actions);
    }

    public byte[] toJson() {
        ObjectNode json = JsonText.object().put("AgentVersion", agentVersion);
        ArrayNode list = json.putArray("RequestedClientActions");
        for (RequestedAction action : actions) {
            list.addObject()
                    .put("ActionType", action.type())
                    .set("ActionParameters", JsonText.ownValue(action.parameters()));
        }
        return JsonText.bytes(json);
    }

    public static HandshakeRequest parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, "handshake request");
        List<RequestedAction> actions = new ArrayList<>();
        for (JsonFields action : bounded(fields.objects("RequestedClientActions"))) {
            actions.add(new RequestedAction(action.text("ActionType"), action.json("ActionParameters")));
        }
        return new HandshakeRequest(fields.text("AgentVersion"), actions);
    }

    static List<JsonFields> bounded(List<JsonFields> actions) throws MalformedMessageException {
        if (actions.size() > MAX_ACTIONS) {
            throw new MalformedMessageException("a handshake has at most %d actions".formatted(MAX_ACTIONS));
        }
        return actions;
    }
}
