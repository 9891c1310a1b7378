package org.sallyport.front.aws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.api.error.SallyportException;

/** Reads the body of a request in the query protocol: a form in UTF-8, each parameter at most once. */
final class QueryForm {
    private static final int MAX_PARAMETERS = 1000;
    private static final int MAX_NAME = 256;

    private QueryForm() {}

    /** Values by name, in the order of the request. Throws {@link RequestError#SERIALIZATION}. */
    static Map<String, String> read(byte[] body) {
        String[] pairs = new String(body, StandardCharsets.ISO_8859_1).split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            throw malformed("more than " + MAX_PARAMETERS + " parameters");
        }
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (name.length() > MAX_NAME) {
                throw malformed("the name of a parameter is longer than " + MAX_NAME + " characters");
            }
            if (!name.isEmpty() && form.put(name, value) != null) {
                throw malformed("a parameter stands there twice");
            }
        }
        return form;
    }

    /** Strict, because Java's own decoder replaces bytes that are no UTF-8. */
    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(digit(text, i + 1) << 4 | digit(text, i + 2));
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("bytes that are not UTF-8");
        }
    }

    private static int digit(String text, int at) {
        int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0) {
            throw malformed("a percent sign without two hexadecimal digits");
        }
        return digit;
    }

    private static SallyportException malformed(String problem) {
        return new SallyportException(RequestError.SERIALIZATION, "The form in the body is malformed: " + problem);
    }
}
