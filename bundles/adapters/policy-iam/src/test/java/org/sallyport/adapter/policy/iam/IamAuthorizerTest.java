package org.sallyport.adapter.policy.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyKind;

class IamAuthorizerTest {
    private static final String ALLOW_ALL = policy("'Effect':'Allow','Action':'*','Resource':'*'");
    private static final String NODE = "arn:aws:ssm:onprem-1:123456789012:managed-instance/mi-1";
    private static final Principal CALLER =
            new Principal("123456789012", PrincipalType.USER, "AIDA1", "bob", "arn:aws:iam::123456789012:user/bob");

    private final IamAuthorizer authorizer = new IamAuthorizer();

    @Test
    void deniesWithoutPolicies() {
        assertThat(decide()).isEqualTo(Verdict.IMPLICIT_DENY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'Effect':'Allow','Action':'*','Resource':'*'                                        | ALLOWED
            'Effect':'Allow','Action':'SSM:startsession','Resource':'*'                         | ALLOWED
            'Effect':'Allow','Action':'ssm:Start*','Resource':'*'                               | ALLOWED
            'Effect':'Allow','Action':'ssm:StartSessio?','Resource':'*'                         | ALLOWED
            'Effect':'Allow','Action':'ssm:StartSession?','Resource':'*'                        | IMPLICIT_DENY
            'Effect':'Allow','Action':['a:b','ssm:StartSession'],'Resource':['arn:aws:x:*','*'] | ALLOWED
            'Effect':'Allow','Action':'ssm:*','Resource':'arn:aws:ssm:*MI-1'                    | IMPLICIT_DENY
            'Effect':'Allow','Action':'ssm:*','Resource':'arn:aws:ssm:*mi-2'                    | IMPLICIT_DENY
            'Effect':'Allow','NotAction':'ssm:Terminate*','Resource':'*'                        | ALLOWED
            'Effect':'Allow','NotAction':'ssm:Start*','Resource':'*'                            | IMPLICIT_DENY
            'Effect':'Allow','Action':'*','NotResource':'arn:aws:ssm:*mi-2'                     | ALLOWED
            'Effect':'Allow','Action':'*','NotResource':['arn:aws:ssm:*mi-1','arn:aws:x:y']     | IMPLICIT_DENY
            'Effect':'Deny','Action':'*','Resource':'*'                                         | EXPLICIT_DENY
            'Effect':'Deny','Action':'ssm:Terminate*','Resource':'*'                            | IMPLICIT_DENY
            'Effect':'Allow','Action':'*','Resource':'*','Condition':{}                         | ALLOWED
            'Effect':'Allow','Action':'*','Resource':'*','Principal':'*'                        | EXPLICIT_DENY
            'Effect':'Allow','Action':'*','Resource':'*','Surprise':1                           | EXPLICIT_DENY
            'Effect':'Deny','Action':'ssm:*','Resource':'*','Condition':{'Bool':{'k:a':'true'}} | IMPLICIT_DENY
            'Effect':'Deny','Action':'ssm:*','Resource':'*','Condition':{'Null':{'k:a':'true'}} | EXPLICIT_DENY
            'Effect':'Allow','Action':'*','Resource':'arn:aws:ssm:*:*:*/${aws:username}'        | IMPLICIT_DENY
            'Effect':'Allow','Action':'*','NotResource':'arn:aws:ssm:*:*:*/${aws:username}'     | ALLOWED
            'Effect':'Deny','Action':'*','Resource':'arn:aws:ssm:*:*:*/${aws:username}'         | IMPLICIT_DENY
            'Effect':'Deny','Action':'*','NotResource':'arn:aws:ssm:*:*:*/${aws:username}'      | EXPLICIT_DENY
            """)
    void decidesOneStatement(String statement, Verdict expected) {
        assertThat(decide(policy(statement))).isEqualTo(expected);
    }

    @Test
    void letsAnExplicitDenyWinWhereverItStands() {
        String deny = policy("'Effect':'Deny','Action':'ssm:StartSession','Resource':'*'");

        assertThat(decide(ALLOW_ALL, deny)).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(decide(deny, ALLOW_ALL)).isEqualTo(Verdict.EXPLICIT_DENY);
    }

    @Test
    void takesVariablesLiterallyInTheOldVersion() {
        String old = "{\"Version\":\"2008-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\","
                + "\"Resource\":\"arn:aws:ssm:*:*:managed-instance/${aws:username}\"}}";

        assertThat(decide(ALLOW_ALL, old)).isEqualTo(Verdict.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{'Version':'2012-10-17'}",
                "{'Version':'2020-01-01','Statement':[]}",
                "{'Version':'2012-10-17','Statement':['x']}",
                "{'Version':'2012-10-17','Statement':[],'Extra':1}",
                "{'Version':'2012-10-17','Statement':[{'Effect':'allow','Action':'*','Resource':'*'}]}",
                "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Resource':'*'}]}",
                "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'*'}]}",
                "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'*','NotAction':'x','Resource':'*'}]}",
                "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':[],'Resource':'*'}]}",
                "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':[1],'Resource':'*'}]}",
                "{'Version':'2012-10-17','Statement':[{'Effect':'Deny','Effect':'Allow','Action':'*','Resource':'*'}]}",
                "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'*','Resource':'*'}]} {}"
            })
    void deniesEverythingForAMalformedDocument(String document) {
        assertThat(decide(ALLOW_ALL, document.replace('\'', '"'))).isEqualTo(Verdict.EXPLICIT_DENY);
    }

    @Test
    void deniesForDocumentsBeyondTheBounds() {
        String deep = "[".repeat(33) + "]".repeat(33);
        String nested = policy("'Effect':'Allow','Action':'*','Resource':'*','Condition':" + deep);
        String huge = ALLOW_ALL + " ".repeat(128 * 1024);

        assertThat(decide(ALLOW_ALL, nested)).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(decide(huge)).isEqualTo(Verdict.EXPLICIT_DENY);
    }

    @Test
    void keepsTheCacheWithinItsCapacity() {
        PolicyCache cache = new PolicyCache(3L * ALLOW_ALL.length());
        for (int i = 0; i < 10; i++) {
            cache.get(PolicyKind.INPUT, ALLOW_ALL.replace("2012-10-17\"", "2012-10-17\",\"Id\":\"" + i + "\""));
            cache.get(PolicyKind.INPUT, "{" + i);
        }

        assertThat(cache.size()).isBetween(3, 6);
        assertThat(cache.get(PolicyKind.INPUT, "{")).isEmpty();
        assertThat(cache.get(PolicyKind.INPUT, ALLOW_ALL))
                .isPresent()
                .isEqualTo(cache.get(PolicyKind.INPUT, ALLOW_ALL));
        assertThat(cache.get(PolicyKind.TRUST, ALLOW_ALL)).isEmpty();
    }

    private Verdict decide(String... policies) {
        return authorizer.decide(new AccessRequest(CALLER, "ssm:StartSession", NODE), List.of(policies), Instant.MAX);
    }

    private static String policy(String statement) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{" + statement.replace('\'', '"') + "}]}";
    }
}
