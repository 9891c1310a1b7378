package org.sallyport.front.aws;

import com.fasterxml.jackson.databind.JsonNode;
import org.sallyport.front.aws.model.OperationModel;

/** One request in one of AWS's protocols: how it names its operation, holds its input and is answered. */
interface WireProtocol {
    /** The operation's target; reads no more of the request than this takes. */
    String target();

    /** The input as an object. Throws {@link RequestError#SERIALIZATION}, {@link RequestError#MISTYPED}. */
    JsonNode input(OperationModel model);

    Answer success(String requestId, OperationModel model, Output output);

    /** How this protocol names an error. */
    String name(AwsError error);

    /** @param message for the person; shown as it is */
    Answer failure(String requestId, AwsError error, String message);
}
