package org.sallyport.protocol.message;

import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * Payload of type {@link PayloadType#SIZE}.
 *
 * @param columns 1 to 65535
 * @param rows 1 to 65535
 */
public record TerminalSize(int columns, int rows) {
    private static final int MAX = 0xffff;

    public byte[] toJson() {
        return JsonText.bytes(JsonText.object().put("cols", columns).put("rows", rows));
    }

    public static TerminalSize parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, "terminal size");
        return new TerminalSize(fields.number("cols", 1, MAX), fields.number("rows", 1, MAX));
    }
}
