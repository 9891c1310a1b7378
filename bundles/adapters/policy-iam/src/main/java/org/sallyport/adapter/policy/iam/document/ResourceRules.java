package org.sallyport.adapter.policy.iam.document;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The form of a resource: {@code *} or an ARN whose service is named, with IAM's own rules for its resources.
 *
 * @see "IAM user guide, IAM JSON policy elements: Resource"
 */
final class ResourceRules {
    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z-]+)?|[a-z-]*\\*[a-z*-]*");
    private static final Pattern VENDOR = Pattern.compile("[A-Za-z0-9-]+");
    private static final List<String> IAM_PATHS = List.of(
            "user/",
            "federated-user/",
            "role/",
            "group/",
            "instance-profile/",
            "mfa/",
            "server-certificate/",
            "policy/",
            "sms-mfa/",
            "u2f/",
            "saml-provider/",
            "oidc-provider/",
            "report/",
            "access-report/");

    private ResourceRules() {}

    static void check(String resource) throws MalformedPolicyException {
        if (resource.equals("*")) {
            return;
        }
        String[] parts = resource.split(":", 6);
        if (parts.length < 2 || !parts[0].equals("arn")) {
            throw refuse(resource, "Resource %s must be in ARN format or \"*\".".formatted(resource));
        }
        if (!PARTITION.matcher(parts[1]).matches()) {
            throw refuse(
                    resource,
                    "Partition \"%s\" is not valid for resource \"arn:%s:%s:%s:%s:%s\"."
                            .formatted(
                                    parts[1],
                                    parts[1],
                                    part(parts, 2),
                                    part(parts, 3),
                                    part(parts, 4),
                                    part(parts, 5)));
        }
        if (parts.length < 3 || !VENDOR.matcher(parts[2]).matches()) {
            throw refuse(resource, "Resource vendor must be fully qualified and cannot contain regexes.");
        }
        if (parts.length < 6 && resource.contains("::")) {
            throw MalformedPolicyException.legacy("The resource %s has not all parts of an ARN.".formatted(resource));
        }
        if (parts[2].equals("iam")) {
            checkIam(resource, parts);
        }
        if (parts[2].equals("s3") && parts.length > 3 && !parts[3].isEmpty() && !parts[3].equals("*")) {
            throw refuse(resource, "Resource %s can not contain region information.".formatted(resource));
        }
    }

    private static void checkIam(String resource, String[] parts) throws MalformedPolicyException {
        if (parts.length > 3 && !parts[3].isEmpty() && !parts[3].equals("*")) {
            throw refuse(resource, "IAM resource %s cannot contain region information.".formatted(resource));
        }
        String path = part(parts, 5);
        if (!path.startsWith("*") && !path.equals("root") && IAM_PATHS.stream().noneMatch(path::startsWith)) {
            throw refuse(
                    resource,
                    "IAM resource path must either be \"*\" or start with %s.".formatted(String.join(", ", IAM_PATHS)));
        }
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "*";
    }

    private static MalformedPolicyException refuse(String resource, String message) {
        return new MalformedPolicyException(message, "The resource %s cannot be used.".formatted(resource));
    }
}
