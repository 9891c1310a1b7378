package org.sallyport.core.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.api.document.DocumentError;
import org.sallyport.api.document.SessionDocument;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.error.SallyportException;

/**
 * A session document that was read and found well formed. Immutable.
 *
 * @param contentJson as it goes to the node
 */
record ParsedDocument(String sessionType, String contentJson, Map<String, ParameterRule> rules, SessionInputs inputs) {

    ParsedDocument {
        rules = Map.copyOf(rules);
    }

    /**
     * Checks the parameters of a session and adds the defaults, so that the node gets a value for each.
     *
     * @throws SallyportException {@code PARAMETERS_INVALID}
     */
    SessionDocument.Resolved resolve(String name, String arn, Map<String, List<String>> parameters) {
        for (String given : parameters.keySet()) {
            if (!rules.containsKey(given)) {
                throw new SallyportException(
                        DocumentError.PARAMETERS_INVALID,
                        "Parameter \"%s\" is not defined in document %s.".formatted(given, name));
            }
        }
        Map<String, String> flattened = new LinkedHashMap<>();
        for (ParameterRule rule : rules.values()) {
            List<String> given = parameters.get(rule.name());
            flattened.put(rule.name(), given == null ? rule.absent() : rule.single(given));
        }
        return new SessionDocument.Resolved(
                new SessionDocument(name, arn, sessionType, contentJson, inputs), flattened);
    }
}
