package org.sallyport.front.aws.model;

import java.util.Map;
import java.util.Optional;

/**
 * One operation of a service model.
 *
 * @param target how requests name it: {@code AmazonSSM.StartSession}, or for the query protocol {@code sts.GetCallerIdentity}
 * @param name without the service
 * @param signingName the service that signatures are scoped to
 * @param input empty for none
 * @param output empty for none
 * @param shapes all shapes of the service, by name
 */
public record OperationModel(
        String target,
        String name,
        String signingName,
        Optional<Shape.Structure> input,
        Optional<Shape.Structure> output,
        Map<String, Shape> shapes) {

    /** The shape of that name, which the model must have. */
    public Shape shape(String shapeName) {
        Shape shape = shapes.get(shapeName);
        if (shape == null) {
            throw new IllegalStateException("The service model of " + target + " has no shape " + shapeName);
        }
        return shape;
    }
}
