package org.sallyport.adapter.policy.iam.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.adapter.policy.iam.IamPolicyLanguage;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyKind;
import org.sallyport.spi.access.StatementTrace;

class LinterTest {
    private final IamPolicyLanguage language = new IamPolicyLanguage();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
            'Action':'*','Resource':'*'                                                                | ADMINISTRATOR
            'Action':'iam:PassRole','Resource':'*'                                                     | PASS_ANY_ROLE
            'Action':'iam:Pass*','Resource':'arn:aws:iam::123456789012:role/*'                         | PASS_ANY_ROLE
            'Action':'iam:PassRole','Resource':'arn:aws:iam::123456789012:role/Node'                   | ^^
            'Action':'iam:PassRole','Resource':'*','Condition':{'StringEquals':{'iam:PassedToService':'ssm.amazonaws.com'}} | ^^
            'Action':['iam:PassRole','ssm:CreateActivation'],'Resource':'*','Condition':{'StringEquals':{'iam:PassedToService':'ssm.amazonaws.com'}} | NODE_WITH_ANY_ROLE
            'Action':['iam:PassRole','ssm:DeleteActivation'],'Resource':'*','Condition':{'StringEquals':{'iam:PassedToService':'ssm.amazonaws.com'}} | ^^
            'Action':['iam:PassRole','ssm:CreateActivation'],'Resource':'arn:aws:iam::123456789012:role/Node' | ^^
            'Action':'ssm:CreateActivation','Resource':'*'                                             | ^^
            'Action':'iam:PutUserPolicy','Resource':'*'                                                | ESCALATION_BY_USER
            'Action':'iam:AttachUserPolicy','Resource':'arn:aws:iam::*:user/*'                         | ESCALATION_BY_USER
            'Action':'iam:PutUserPolicy','Resource':'arn:aws:iam::*:user/robots/ci'                    | ^^
            'Action':'iam:PutUserPolicy','Resource':'*','Condition':{'ArnEquals':{'iam:PermissionsBoundary':'arn:aws:iam::1:policy/b'}} | ^^
            'Action':'iam:CreatePolicyVersion','Resource':'*'                                          | ESCALATION_BY_POLICY
            'Action':'iam:UpdateAssumeRolePolicy','Resource':'*'                                       | ESCALATION_BY_ROLE
            'Action':'iam:AddUserToGroup','Resource':'*'                                               | ESCALATION_BY_GROUP
            'Action':'iam:Get*','Resource':'*'                                                         | ^^
            'NotAction':['ssm:*','iam:*'],'Resource':'*'                                               | ALLOW_ALL_EXCEPT
            'Action':'ssm:StartSession','Resource':'arn:aws:ssm:*:*:managed-instance/mi-1'             | DOCUMENT_UNCHECKED
            'Action':'ssm:StartSession','Resource':'arn:aws:ec2:*:*:instance/*','Condition':{'Bool':{'ssm:SessionDocumentAccessCheck':'true'}} | ^^
            'Action':'ssm:StartSession','Resource':'arn:aws:ec2:*:*:instance/*','Condition':{'Bool':{'ssm:SessionDocumentAccessCheck':'false'}} | DOCUMENT_UNCHECKED
            'Action':'ssm:StartSession','Resource':['arn:aws:ssm:*:*:managed-instance/*','arn:aws:ssm:*::document/AWS-StartSSHSession'],'Condition':{'Bool':{'ssm:SessionDocumentAccessCheck':'true'}} | SSH_TO_ANY_NODE
            'Action':'ssm:StartSession','Resource':'*'                                                 | SSH_TO_ANY_NODE,DOCUMENT_UNCHECKED
            'Action':'ssm:StartSession','Resource':['arn:aws:ssm:*:*:managed-instance/mi-1','arn:aws:ssm:*::document/AWS-StartSSHSession'],'Condition':{'Bool':{'ssm:SessionDocumentAccessCheck':'true'}} | ^^
            'Action':'ssm:UpdateDocument','Resource':'*'                                               | PREFERENCES_WRITABLE
            'Action':'ssm:UpdateDocument','Resource':'arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell' | PREFERENCES_WRITABLE
            'Action':'ssm:UpdateDocument','Resource':'arn:aws:ssm:*:*:document/Mine-*'                 | ^^
            'Action':'ssm:TerminateSession','Resource':'*'                                             | SESSIONS_OF_OTHERS
            'Action':'ssm:TerminateSession','Resource':'arn:aws:ssm:*:*:session/${aws:username}*'      | NAME_AS_BEGINNING
            'Action':'ssm:TerminateSession','Resource':'arn:aws:ssm:*:*:session/${aws:username}-*'     | ^^
            'Action':'ssm:GetDocument','Resource':'*','Condition':{'ForAllValues:StringEquals':{'aws:TagKeys':'x'}} | KEY_MAY_BE_ABSENT
            'Action':'ssm:GetDocument','Resource':'*','Condition':{'ForAllValues:StringEquals':{'aws:TagKeys':'x'},'Null':{'aws:tagkeys':'false'}} | ^^
            'Action':'ssm:GetDocument','Resource':'arn:aws:ssm:${aws:RequestedRegion}:*:document/x'    | VARIABLE_WITHOUT_EFFECT
            'Action':'ssm:GetDocument','Resource':'arn:aws:ssm:*:*:document/a${*}'                     | ^^
            """)
    void findsMistakes(String statement, String rules) {
        List<PolicyFinding> findings = language.lint(PolicyKind.MANAGED, document("'Effect':'Allow'," + statement));

        assertThat(String.join(",", findings.stream().map(PolicyFinding::rule).toList()))
                .isEqualTo(rules);
        assertThat(language.lint(PolicyKind.MANAGED, document("'Effect':'Deny'," + statement)))
                .allMatch(finding -> finding.rule().equals("VARIABLE_WITHOUT_EFFECT"));
    }

    /** Each road by itself; near it, the same on a named thing, with a condition, and an action that only reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "user PutUserPolicy",
                "user AttachUserPolicy",
                "user DeleteUserPolicy",
                "user DetachUserPolicy",
                "user PutUserPermissionsBoundary",
                "user DeleteUserPermissionsBoundary",
                "user CreateAccessKey",
                "user CreateLoginProfile",
                "user UpdateLoginProfile",
                "group PutGroupPolicy",
                "group AttachGroupPolicy",
                "group AddUserToGroup",
                "role PutRolePolicy",
                "role AttachRolePolicy",
                "role UpdateAssumeRolePolicy",
                "role PutRolePermissionsBoundary",
                "role DeleteRolePermissionsBoundary",
                "policy CreatePolicyVersion",
                "policy SetDefaultPolicyVersion"
            })
    void findsEachRoadAndNotWhatIsNearIt(String road) {
        String type = road.substring(0, road.indexOf(' '));
        String action = road.substring(road.indexOf(' ') + 1);
        String found = "ESCALATION_BY_" + type.toUpperCase(Locale.ROOT);
        String some = "arn:aws:iam::123456789012:" + type + "/robots/ci";
        String reads = action.replaceFirst("^[A-Z][a-z]+", "Get");

        assertThat(rules("iam:" + action, "*", "")).containsExactly(found);
        assertThat(rules("iam:" + action.toLowerCase(Locale.ROOT), "arn:aws:iam::*:" + type + "/*", ""))
                .containsExactly(found);
        assertThat(rules("iam:" + action, some, "")).isEmpty();
        assertThat(rules("iam:" + reads, "*", "")).isEmpty();
        assertThat(rules(
                        "iam:" + action,
                        "*",
                        ",'Condition':{'ArnEquals':{'iam:PermissionsBoundary':'arn:aws:iam::1:policy/b'}}"))
                .isEmpty();
    }

    private List<String> rules(String action, String resource, String more) {
        String statement = "'Effect':'Allow','Action':'" + action + "','Resource':'" + resource + "'" + more;
        return language.lint(PolicyKind.MANAGED, document(statement)).stream()
                .map(PolicyFinding::rule)
                .toList();
    }

    @Test
    void saysWhereItsStatementStands() {
        String two = document(
                "'Effect':'Deny','Action':'kms:*','Resource':'*'},\n  {'Effect':'Allow','Action':'*','Resource':'*'");

        assertThat(language.lint(PolicyKind.MANAGED, two)).singleElement().satisfies(finding -> {
            assertThat(finding.statement()).isEqualTo(1);
            assertThat(finding.start()).isEqualTo(new StatementTrace.Position(2, 3));
            assertThat(finding.end().line()).isEqualTo(2);
        });
    }

    @Test
    void findsVariablesOfTheOldVersion() {
        String old = document("'Effect':'Allow','Action':'kms:*','Resource':'*',"
                        + "'Condition':{'StringEquals':{'aws:userid':'${aws:username}'}}")
                .replace("2012-10-17", "2008-10-17");

        assertThat(language.lint(PolicyKind.USER_INLINE, old))
                .extracting(PolicyFinding::rule)
                .containsExactly("VARIABLE_WITHOUT_EFFECT");
        assertThat(language.lint(PolicyKind.USER_INLINE, old.replace("2008-10-17", "2012-10-17")))
                .isEmpty();
    }

    @Test
    void findsRolesThatTrustEverybody() {
        String open = document("'Effect':'Allow','Action':'sts:AssumeRole','Principal':'*'");
        String named = document("'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'123456789012'}");

        assertThat(language.lint(PolicyKind.TRUST, open))
                .extracting(PolicyFinding::rule)
                .containsExactly("TRUST_EVERYBODY");
        assertThat(language.lint(PolicyKind.TRUST, named)).isEmpty();
    }

    @Test
    void namesTheStatementAndWhatToDo() {
        String document =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"},
                {"Sid":"Pass","Effect":"Allow","Action":"iam:PassRole","Resource":"*"}]}""";

        assertThat(language.lint(PolicyKind.MANAGED, document)).singleElement().satisfies(finding -> {
            assertThat(finding.statement()).isEqualTo(1);
            assertThat(finding.sid()).isEqualTo("Pass");
            assertThat(finding.severity()).isEqualTo(PolicyFinding.Severity.HIGH);
            assertThat(finding.text()).contains("iam:PassedToService");
        });
        assertThat(language.lint(PolicyKind.MANAGED, "{")).isEmpty();
    }

    private static String document(String statement) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{" + statement.replace('\'', '"') + "}]}";
    }
}
