package org.sallyport.core.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.Optional;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.error.SallyportException;

/** Reads the inputs of a document that are the server's; the node reads the others. */
final class InputsParser {
    static final String RECORDING_FAILURE = "recordingFailure";

    private static final String IDLE = "idleSessionTimeout";
    private static final String DURATION = "maxSessionDuration";
    private static final int MOST_IDLE_MINUTES = 60;
    private static final int MOST_DURATION_MINUTES = 1_440;
    private static final Pattern MINUTES = Pattern.compile("[1-9][0-9]{0,3}");

    private InputsParser() {}

    /** @throws SallyportException {@code INVALID_ARGUMENT} that names the input */
    static SessionInputs parse(JsonNode inputs) {
        return new SessionInputs(
                minutes(inputs, IDLE, MOST_IDLE_MINUTES),
                minutes(inputs, DURATION, MOST_DURATION_MINUTES),
                failsOpen(inputs));
    }

    private static Optional<Duration> minutes(JsonNode inputs, String name, int most) {
        Optional<String> text = DocumentParser.optionalText(inputs, name).filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int minutes = MINUTES.matches(text.get()) ? Integer.parseInt(text.get()) : 0;
        if (minutes < 1 || minutes > most) {
            throw DocumentParser.invalid(
                    "must have whole minutes from \"1\" to \"%d\" as inputs.%s".formatted(most, name));
        }
        return Optional.of(Duration.ofMinutes(minutes));
    }

    private static boolean failsOpen(JsonNode inputs) {
        String choice = DocumentParser.optionalText(inputs, RECORDING_FAILURE).orElse("close");
        return switch (choice) {
            case "open" -> true;
            case "close" -> false;
            default ->
                throw DocumentParser.invalid(
                        "must have \"close\" or \"open\" as inputs.%s".formatted(RECORDING_FAILURE));
        };
    }
}
