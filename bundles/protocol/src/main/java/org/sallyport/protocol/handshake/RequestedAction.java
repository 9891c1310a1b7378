package org.sallyport.protocol.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;
import org.sallyport.protocol.message.MalformedMessageException;

/**
 * One action that the node asks for.
 *
 * @param type see {@link ActionType}; others may come
 * @param parameters as JSON text, {@code null} for none
 */
public record RequestedAction(String type, String parameters) {

    /** @param properties of a port session, empty for the others */
    public static RequestedAction sessionType(String sessionType, Map<String, String> properties) {
        ObjectNode parameters = JsonText.object().put("SessionType", sessionType);
        if (properties.isEmpty()) {
            parameters.putNull("Properties");
        } else {
            ObjectNode values = parameters.putObject("Properties");
            properties.forEach(values::put);
        }
        return new RequestedAction(ActionType.SESSION_TYPE, JsonText.text(parameters));
    }

    /** Parameters of a session-type action. */
    record SessionTypeParameters(String sessionType, Map<String, String> properties) {
        static SessionTypeParameters parse(String json) throws MalformedMessageException {
            JsonFields fields = JsonText.parse(json, "session type action");
            return new SessionTypeParameters(fields.text("SessionType"), fields.texts("Properties"));
        }
    }
}
