package org.sallyport.front.aws.iam;

import org.sallyport.api.iam.Owner;
import org.sallyport.front.aws.Operation;

/** Whom an operation about policies names. */
final class Owners {
    private Owners() {}

    static Owner user(Operation.Call call) {
        return Owner.user(call.input().required("UserName"));
    }

    static Owner group(Operation.Call call) {
        return Owner.group(call.input().required("GroupName"));
    }

    static Owner role(Operation.Call call) {
        return Owner.role(call.input().required("RoleName"));
    }
}
