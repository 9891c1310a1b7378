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
            'Effect':'Allow','Action':['a:b','ssm:StartSession'],'Resource':['x','*mi-1']       | ALLOWED
            'Effect':'Allow','Action':'ssm:*','Resource':'*MI-1'                                | IMPLICIT_DENY
            'Effect':'Allow','Action':'ssm:*','Resource':'*mi-2'                                | IMPLICIT_DENY
            'Effect':'Allow','NotAction':'ssm:Terminate*','Resource':'*'                        | ALLOWED
            'Effect':'Allow','NotAction':'ssm:Start*','Resource':'*'                            | IMPLICIT_DENY
            'Effect':'Allow','Action':'*','NotResource':'*mi-2'                                 | ALLOWED
            'Effect':'Allow','Action':'*','NotResource':['*mi-1','x']                           | IMPLICIT_DENY
            'Effect':'Deny','Action':'*','Resource':'*'                                         | EXPLICIT_DENY
            'Effect':'Deny','Action':'ssm:Terminate*','Resource':'*'                            | IMPLICIT_DENY
            'Effect':'Allow','Action':'*','Resource':'*','Condition':{}                         | IMPLICIT_DENY
            'Effect':'Allow','Action':'*','Resource':'*','Principal':'*'                        | IMPLICIT_DENY
            'Effect':'Allow','Action':'*','Resource':'*','Surprise':1                           | IMPLICIT_DENY
            'Effect':'Deny','Action':'ssm:*','Resource':'*','Condition':{'Bool':{'a':'true'}}   | EXPLICIT_DENY
            'Effect':'Deny','Action':'sts:*','Resource':'*','Condition':{'Bool':{'a':'true'}}   | IMPLICIT_DENY
            'Effect':'Allow','Action':'*','Resource':'*${aws:username}'                         | IMPLICIT_DENY
            'Effect':'Allow','Action':'*','NotResource':'*${aws:username}'                      | IMPLICIT_DENY
            'Effect':'Deny','Action':'*','Resource':'*${aws:username}'                          | EXPLICIT_DENY
            'Effect':'Deny','Action':'*','NotResource':'*${aws:username}'                       | EXPLICIT_DENY
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
                + "\"Resource\":\"*${aws:username}\"}}";

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
        String huge = ALLOW_ALL + " ".repeat(PolicyParser.MAX_CHARS);

        assertThat(decide(ALLOW_ALL, nested)).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(decide(huge)).isEqualTo(Verdict.EXPLICIT_DENY);
    }

    @Test
    void keepsTheCacheWithinItsCapacity() {
        PolicyCache cache = new PolicyCache(3);
        for (int i = 0; i < 10; i++) {
            cache.get(policy("'Sid':'s" + i + "','Effect':'Allow','Action':'*','Resource':'*'"));
        }
        cache.get("{");

        assertThat(cache.size()).isEqualTo(3);
        assertThat(cache.get("{")).isEmpty();
        assertThat(cache.get(ALLOW_ALL)).isPresent().isEqualTo(cache.get(ALLOW_ALL));
    }

    private Verdict decide(String... policies) {
        return authorizer.decide(new AccessRequest(CALLER, "ssm:StartSession", NODE), List.of(policies), Instant.MAX);
    }

    private static String policy(String statement) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{" + statement.replace('\'', '"') + "}]}";
    }
}
