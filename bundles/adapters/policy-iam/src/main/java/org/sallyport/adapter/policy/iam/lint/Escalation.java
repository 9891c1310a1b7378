package org.sallyport.adapter.policy.iam.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** Actions by which a person gives himself rights, or takes those of another, on resources that are not narrowed down. */
final class Escalation implements Rule {
    /** The actions by the type of resource that they change. */
    private static final Map<String, Set<String>> ROADS = new TreeMap<>(Map.of(
            "user",
            Set.of(
                    "iam:PutUserPolicy",
                    "iam:AttachUserPolicy",
                    "iam:DeleteUserPermissionsBoundary",
                    "iam:PutUserPermissionsBoundary",
                    "iam:DeleteUserPolicy",
                    "iam:DetachUserPolicy",
                    "iam:CreateAccessKey",
                    "iam:CreateLoginProfile",
                    "iam:UpdateLoginProfile"),
            "group",
            Set.of("iam:PutGroupPolicy", "iam:AttachGroupPolicy", "iam:AddUserToGroup"),
            "role",
            Set.of(
                    "iam:PutRolePolicy",
                    "iam:AttachRolePolicy",
                    "iam:UpdateAssumeRolePolicy",
                    "iam:DeleteRolePermissionsBoundary",
                    "iam:PutRolePermissionsBoundary"),
            "policy",
            Set.of("iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion")));

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        if (Reach.isAdministrator(statement)) {
            return List.of(Rule.finding(
                    "ADMINISTRATOR",
                    Severity.MEDIUM,
                    policy,
                    index,
                    "Allows everything on everything. Give it to administrators alone."));
        }
        if (Reach.asks(statement, "iam:PermissionsBoundary") || Reach.asks(statement, "iam:PolicyARN")) {
            return List.of();
        }
        List<PolicyFinding> findings = new ArrayList<>();
        ROADS.forEach((type, actions) -> {
            List<String> roads = Reach.allowed(statement, actions);
            if (!roads.isEmpty() && Reach.covers(statement, "iam", type + "/nobody-0f0f0f0f")) {
                findings.add(Rule.finding(
                        "ESCALATION_BY_" + type.toUpperCase(Locale.ROOT),
                        Severity.HIGH,
                        policy,
                        index,
                        ("Allows %s on any %s, by which whoever has this policy can give himself every right."
                                        + " Name the resources, or ask for a boundary by iam:PermissionsBoundary.")
                                .formatted(String.join(", ", roads), type)));
            }
        });
        return findings;
    }
}
