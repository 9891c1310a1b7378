package org.sallyport.core.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sallyport.api.access.DecisionExplainer.Denial;
import org.sallyport.api.access.DecisionExplainer.Reason;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.Simulations.Source;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyLayer;
import org.sallyport.spi.access.StatementTrace;

/** A denial as JSON, for the store. */
final class DenialText {
    /** The most characters that are kept of one; the statements are left out of a longer one. */
    private static final int LONGEST = 200_000;

    /** The most characters that are kept of one value. */
    private static final int LONGEST_VALUE = 2_048;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the JSON holds; {@code missing} and {@code allowedByBoundary} may be null. */
    record Content(
            Reason reason,
            String action,
            String resource,
            Map<String, List<String>> context,
            Authorizer.Verdict verdict,
            String text,
            List<StatementTrace> decisive,
            List<StatementTrace> nearest,
            PolicyLayer missing,
            Boolean allowedByBoundary,
            List<String> missingKeys,
            Map<PolicyLayer, List<Source>> sources) {
        static Content of(Outcome outcome, Decision decision) {
            Rights rights = outcome.rights();
            return new Content(
                    outcome.denied().orElseThrow(),
                    cut(rights.question().action()),
                    cut(rights.question().resource()),
                    bounded(rights.question().context()),
                    decision.verdict(),
                    decision.text(),
                    decision.decisive(),
                    decision.nearest(),
                    decision.missing().orElse(null),
                    decision.allowedByBoundary().orElse(null),
                    decision.missingKeys(),
                    rights.sources());
        }

        Content withoutStatements() {
            return new Content(
                    reason,
                    action,
                    resource,
                    Map.of(),
                    verdict,
                    cut(text),
                    List.of(),
                    List.of(),
                    missing,
                    allowedByBoundary,
                    List.of(),
                    Map.of());
        }

        Denial denial(DenialTable.Row row) {
            Decision decision = new Decision(
                    verdict,
                    text,
                    decisive,
                    nearest,
                    Optional.ofNullable(missing),
                    Optional.ofNullable(allowedByBoundary),
                    missingKeys);
            return new Denial(
                    row.reference(),
                    row.at(),
                    reason,
                    row.principalId(),
                    row.principal(),
                    action,
                    resource,
                    context,
                    decision,
                    sources);
        }

        private static Map<String, List<String>> bounded(Map<String, List<String>> context) {
            Map<String, List<String>> cut = new TreeMap<>();
            context.forEach((key, values) -> cut.put(
                    cut(key), values.stream().limit(100).map(Content::cut).toList()));
            return cut;
        }

        private static String cut(String value) {
            return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
        }
    }

    private DenialText() {}

    static String write(Content content) {
        try {
            String text = JSON.writeValueAsString(content);
            return text.length() <= LONGEST ? text : JSON.writeValueAsString(content.withoutStatements());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a denial is always JSON", e);
        }
    }

    static Denial read(DenialTable.Row row) {
        try {
            return JSON.readValue(row.content(), Content.class).denial(row);
        } catch (JsonProcessingException e) {
            throw new SallyportException(
                    CommonError.INTERNAL, "Denial %s cannot be read from the store.".formatted(row.reference()), e);
        }
    }
}
