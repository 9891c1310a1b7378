package org.sallyport.core.audit;

import org.sallyport.protocol.audit.LineKind;

/**
 * What becomes a line.
 *
 * @param json a JSON object in one line
 */
record Draft(LineKind kind, String json) {}
