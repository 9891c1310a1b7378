package org.sallyport.front.aws.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.sallyport.api.error.SallyportException;
import org.sallyport.front.aws.RequestError;

/** Holds the input of an operation against its model. */
public final class InputValidation {
    private InputValidation() {}

    /**
     * Returns when the input has the model's types and keeps its constraints.
     *
     * @param input an object
     * @throws SallyportException {@link RequestError#SERIALIZATION} for a wrong type, {@link RequestError#VALIDATION} for a broken
     *     constraint, with AWS's texts
     */
    public static void require(OperationModel model, JsonNode input) {
        model.input().ifPresent(shape -> {
            new TypeCheck(model).check(input, shape);
            Violations violations = new Violations(model);
            violations.collect(input, shape, "");
            List<String> found = violations.found();
            if (!found.isEmpty()) {
                String count = found.size() == 1 ? "1 validation error" : found.size() + " validation errors";
                throw new SallyportException(RequestError.VALIDATION, count + " detected: " + String.join("; ", found));
            }
        });
    }
}
