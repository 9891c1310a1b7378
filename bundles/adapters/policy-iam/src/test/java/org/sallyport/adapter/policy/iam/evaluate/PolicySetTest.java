package org.sallyport.adapter.policy.iam.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyDocuments;

/** How identity policies, what limits them, and policies on resources count together. */
class PolicySetTest {
    private static final String ACCOUNT = "123456789012";
    private static final String ROLE = "arn:aws:iam::123456789012:role/ops/Breakglass";
    private static final Principal BOB =
            new Principal(ACCOUNT, PrincipalType.USER, "AIDABOB", "bob", "arn:aws:iam::123456789012:user/bob");
    private static final Principal SESSION = new Principal(
            ACCOUNT,
            PrincipalType.NODE,
            "AROAOPS:mi-1",
            "mi-1",
            "arn:aws:sts::123456789012:assumed-role/Operator/mi-1");

    private final IamAuthorizer authorizer = new IamAuthorizer();

    @ParameterizedTest
    @CsvSource({
        "Allow,Allow,Allow,ALLOWED",
        "Allow,none,Allow,IMPLICIT_DENY",
        "Allow,Allow,none,IMPLICIT_DENY",
        "none,Allow,Allow,IMPLICIT_DENY",
        "Deny,Allow,Allow,EXPLICIT_DENY",
        "Allow,Deny,Allow,EXPLICIT_DENY",
        "Allow,Allow,Deny,EXPLICIT_DENY",
        "none,Deny,none,EXPLICIT_DENY",
        "none,none,Deny,EXPLICIT_DENY"
    })
    void limitsTheIdentityByBoundaryAndSession(String identity, String boundary, String session, Verdict expected) {
        PolicyDocuments policies = PolicyDocuments.ofIdentity(List.of(policy(identity)))
                .withBoundary(List.of(policy(boundary)))
                .withSession(List.of(policy(session)));

        assertThat(assume(BOB, policies, Map.of())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
            'AWS':'arn:aws:iam::123456789012:user/bob'        | none  | ALLOWED
            'AWS':'AIDABOB'                                   | none  | ALLOWED
            'AWS':['123456789012','AIDABOB']                  | none  | ALLOWED
            'AWS':'*'                                         | none  | ALLOWED
            'AWS':'arn:aws:iam::123456789012:user/bob'        | Deny  | EXPLICIT_DENY
            'AWS':'123456789012'                              | Allow | ALLOWED
            'AWS':'arn:aws:iam::123456789012:root'            | Allow | ALLOWED
            'AWS':'arn:aws:iam::123456789012:root'            | none  | IMPLICIT_DENY
            'AWS':'999988887777'                              | Allow | IMPLICIT_DENY
            'AWS':'arn:aws:iam::123456789012:user/bob2'       | Allow | IMPLICIT_DENY
            'AWS':'arn:aws:iam::123456789012:role/Operator'   | Allow | IMPLICIT_DENY
            'Service':'ssm.amazonaws.com'                     | Allow | IMPLICIT_DENY
            'Federated':'accounts.example'                    | Allow | IMPLICIT_DENY
            """)
    void letsNobodyAssumeARoleThatDoesNotTrustHim(String principal, String identity, Verdict expected) {
        PolicyDocuments policies =
                PolicyDocuments.ofIdentity(List.of(policy(identity))).withTrust(trust("Allow", "Principal", principal));

        assertThat(assume(BOB, policies, Map.of())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} within {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
            'AWS':'arn:aws:sts::123456789012:assumed-role/Operator/mi-1' | none  | ALLOWED
            'AWS':'arn:aws:iam::123456789012:role/Operator'              | Allow | ALLOWED
            'AWS':'arn:aws:iam::123456789012:role/ops/Operator'          | Allow | ALLOWED
            'AWS':'AROAOPS'                                              | Allow | ALLOWED
            'AWS':'arn:aws:iam::123456789012:role/Operator'              | none  | IMPLICIT_DENY
            'AWS':'arn:aws:iam::123456789012:role/Oper'                  | Allow | IMPLICIT_DENY
            'AWS':'arn:aws:iam::999988887777:role/Operator'              | Allow | IMPLICIT_DENY
            """)
    void knowsTheRoleOfASession(String principal, String boundary, Verdict expected) {
        PolicyDocuments policies = PolicyDocuments.ofIdentity(List.of())
                .withBoundary(List.of(policy(boundary)))
                .withTrust(trust("Allow", "Principal", principal));

        assertThat(assume(SESSION, policies, Map.of())).isEqualTo(expected);
    }

    @Test
    void knowsServicesAndProvidersByTheKeysThatTheServerSets() {
        PolicyDocuments service = PolicyDocuments.ofIdentity(List.of())
                .withTrust(trust("Allow", "Principal", "'Service':'ssm.amazonaws.com'"));
        PolicyDocuments provider = PolicyDocuments.ofIdentity(List.of())
                .withTrust(trust("Allow", "Principal", "'Federated':'accounts.example'"));

        assertThat(assume(BOB, service, Map.of("aws:PrincipalServiceName", List.of("ssm.amazonaws.com"))))
                .isEqualTo(Verdict.ALLOWED);
        assertThat(assume(BOB, provider, Map.of("aws:FederatedProvider", List.of("accounts.example"))))
                .isEqualTo(Verdict.ALLOWED);
        assertThat(assume(BOB, service, Map.of("aws:PrincipalServiceName", List.of("ec2.amazonaws.com"))))
                .isEqualTo(Verdict.IMPLICIT_DENY);
    }

    @Test
    void deniesByTheTrustPolicyWhomItNamesOrLeavesOut() {
        PolicyDocuments all = PolicyDocuments.ofIdentity(List.of(policy("Allow")));

        assertThat(assume(BOB, all.withTrust(trust("Deny", "Principal", "'AWS':'AIDABOB'")), Map.of()))
                .isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(assume(BOB, all.withTrust(trust("Deny", "NotPrincipal", "'AWS':'AIDAEVE'")), Map.of()))
                .isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(assume(BOB, all.withTrust(trust("Deny", "NotPrincipal", "'AWS':'AIDABOB'")), Map.of()))
                .isEqualTo(Verdict.IMPLICIT_DENY);
    }

    @Test
    void addsWhatAPolicyOnAResourceGrants() {
        String resource = trust("Allow", "Principal", "'AWS':'AIDABOB'").replace("}]}", ",\"Resource\":\"*\"}]}");

        assertThat(assume(BOB, PolicyDocuments.ofIdentity(List.of()).withResource(resource), Map.of()))
                .isEqualTo(Verdict.ALLOWED);
        assertThat(assume(
                        BOB,
                        PolicyDocuments.ofIdentity(List.of(policy("Allow")))
                                .withResource(resource.replace("AIDABOB", "AIDAEVE")),
                        Map.of()))
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void deniesEverythingForOneMalformedDocumentAnywhere() {
        PolicyDocuments all = PolicyDocuments.ofIdentity(List.of(policy("Allow")));

        assertThat(assume(BOB, all.withBoundary(List.of("{")), Map.of())).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(assume(BOB, all.withSession(List.of("{")), Map.of())).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(assume(BOB, all.withTrust(policy("Allow")), Map.of())).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(assume(BOB, all.withResource("{"), Map.of())).isEqualTo(Verdict.EXPLICIT_DENY);
    }

    private Verdict assume(Principal principal, PolicyDocuments policies, Map<String, List<String>> context) {
        return authorizer.decide(new AccessRequest(principal, "sts:AssumeRole", ROLE, context), policies, Instant.MAX);
    }

    private static String policy(String effect) {
        String action = effect.equals("none") ? "kms:Decrypt" : "sts:AssumeRole";
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"*\"}]}"
                .formatted(effect.equals("none") ? "Allow" : effect, action);
    }

    private static String trust(String effect, String element, String principal) {
        return "{'Version':'2012-10-17','Statement':[{'Effect':'%s','%s':{%s},'Action':'sts:AssumeRole'}]}"
                .formatted(effect, element, principal)
                .replace('\'', '"');
    }
}
