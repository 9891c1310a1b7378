package org.sallyport.protocol.sigv4;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A raw query cut into its parameters, names and values in canonical encoding. */
final class QueryText {
    private QueryText() {}

    static List<Map.Entry<String, String>> parameters(String rawQuery) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String part : rawQuery.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            parameters.add(Map.entry(UriText.normalise(name), UriText.normalise(value)));
        }
        return parameters;
    }

    /** Decoded values of one parameter. */
    static List<String> values(String rawQuery, String name) {
        return parameters(rawQuery).stream()
                .filter(parameter -> parameter.getKey().equals(name))
                .map(parameter -> UriText.decode(parameter.getValue()))
                .toList();
    }

    /** Sorted by name, then value, without the signature itself. */
    static String canonical(String rawQuery) {
        return parameters(rawQuery).stream()
                .filter(parameter -> !parameter.getKey().equals(SigV4.QUERY_SIGNATURE))
                .sorted(Comparator.comparing(Map.Entry<String, String>::getKey).thenComparing(Map.Entry::getValue))
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
    }
}
