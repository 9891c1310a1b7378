package org.sallyport.adapter.policy.iam.condition;

import org.sallyport.adapter.policy.iam.request.Context;

/** The operator Bool: true and false without case; any other text is neither. */
record Truth(String wanted) implements Comparison {

    @Override
    public boolean matches(String value, Context context) {
        return isTruth(value) && value.equalsIgnoreCase(wanted);
    }

    static boolean isTruth(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }
}
