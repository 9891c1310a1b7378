package org.sallyport.adapter.policy.iam.evaluate;

import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyLayer;

/**
 * A statement and where it stands.
 *
 * @param document number of the document in its layer, from zero
 * @param number number of the statement in its document, from zero
 */
public record Placed(PolicyLayer layer, int document, int number, Statement statement) {}
