package org.sallyport.adapter.policy.iam;

/**
 * One statement of a policy.
 *
 * @param allow Effect is Allow, else Deny
 * @param evaluated whether all its elements are evaluated here; Condition, Principal and unknown ones are not
 */
record Statement(boolean allow, Elements actions, Elements resources, boolean evaluated) {

    boolean applies(String action, String resource) {
        Match actionMatch = actions.match(action);
        Match resourceMatch = resources.match(resource);
        if (actionMatch == Match.NO || resourceMatch == Match.NO) {
            return false;
        }
        boolean sure = evaluated && actionMatch == Match.YES && resourceMatch == Match.YES;
        return sure || !allow;
    }
}
