package org.sallyport.core.access;

import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;

/** Failures of IAM in AWS's words. */
final class IamErrors {
    private IamErrors() {}

    static SallyportException absent(EntityKind kind, String name) {
        return of(
                IamError.NO_SUCH_ENTITY,
                switch (kind) {
                    case USER -> "The user with name %s cannot be found.".formatted(name);
                    case GROUP -> "The group with name %s cannot be found.".formatted(name);
                    case ROLE -> "The role with name %s cannot be found.".formatted(name);
                    case POLICY -> "Policy %s was not found.".formatted(name);
                    case INSTANCE_PROFILE -> "Instance Profile %s cannot be found.".formatted(name);
                });
    }

    static SallyportException exists(EntityKind kind, String name) {
        return of(
                IamError.ENTITY_ALREADY_EXISTS,
                switch (kind) {
                    case USER -> "User with name %s already exists.".formatted(name);
                    case GROUP -> "Group with name %s already exists.".formatted(name);
                    case ROLE -> "Role with name %s already exists.".formatted(name);
                    case POLICY ->
                        "A policy called %s already exists. Duplicate names are not allowed.".formatted(name);
                    case INSTANCE_PROFILE -> "Instance Profile %s already exists.".formatted(name);
                });
    }

    static SallyportException mustFirst(String what) {
        return of(IamError.DELETE_CONFLICT, "Cannot delete entity, must " + what + " first.");
    }

    /** @param quota AWS's name, for instance {@code AccessKeysPerUser} */
    static SallyportException quota(String quota, int most) {
        return of(IamError.LIMIT_EXCEEDED, "Cannot exceed quota for %s: %d".formatted(quota, most));
    }

    static SallyportException invalid(String message) {
        return of(IamError.VALIDATION_ERROR, message);
    }

    static SallyportException of(IamError code, String message) {
        return new SallyportException(code, message);
    }
}
