package org.sallyport.adapter.policy.iam.document;

import java.util.regex.Pattern;

/** The form of an action: {@code *}, or a service without wildcards, a colon and a name with or without. */
final class ActionRules {
    private static final Pattern VENDOR = Pattern.compile("[A-Za-z0-9.-]+");

    private ActionRules() {}

    static void check(String action) throws MalformedPolicyException {
        if (action.equals("*")) {
            return;
        }
        int colon = action.indexOf(':');
        if (colon < 0) {
            throw new MalformedPolicyException(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
                    "The action %s names no service.".formatted(action));
        }
        if (action.indexOf(':', colon + 1) >= 0) {
            throw new MalformedPolicyException(
                    "Actions/Condition can contain only one colon.", "The action %s has more.".formatted(action));
        }
        String vendor = action.substring(0, colon);
        if (!vendor.equals("*") && !VENDOR.matcher(vendor).matches()) {
            throw new MalformedPolicyException(
                    "Vendor %s is not valid".formatted(vendor),
                    "The service of the action %s is no name.".formatted(action));
        }
    }
}
