package org.sallyport.protocol.handshake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;
import org.sallyport.protocol.message.MalformedMessageException;

/**
 * Payload type 6, client to node.
 *
 * @param clientVersion four numbers with dots
 * @param errors texts, empty when all went well
 */
public record HandshakeResponse(String clientVersion, List<ProcessedAction> actions, List<String> errors) {

    public HandshakeResponse {
        actions = List.copyOf(actions);
        errors = List.copyOf(errors);
    }

    public byte[] toJson() {
        ObjectNode json = JsonText.object().put("ClientVersion", clientVersion);
        ArrayNode list = json.putArray("ProcessedClientActions");
        for (ProcessedAction action : actions) {
            ObjectNode one = list.addObject().put("ActionType", action.type());
            one.put("ActionStatus", action.status().number());
            one.set("ActionResult", JsonText.ownValue(action.result()));
            one.put("Error", action.error());
        }
        if (errors.isEmpty()) {
            json.putNull("Errors");
        } else {
            ArrayNode texts = json.putArray("Errors");
            errors.forEach(texts::add);
        }
        return JsonText.bytes(json);
    }

    public static HandshakeResponse parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, "handshake response");
        List<ProcessedAction> actions = new ArrayList<>();
        for (JsonFields action : HandshakeRequest.bounded(fields.objects("ProcessedClientActions"))) {
            actions.add(new ProcessedAction(
                    action.text("ActionType"),
                    ActionStatus.of(action.number("ActionStatus")),
                    action.json("ActionResult"),
                    action.textOr("Error", "")));
        }
        return new HandshakeResponse(fields.text("ClientVersion"), actions, fields.textList("Errors"));
    }
}
