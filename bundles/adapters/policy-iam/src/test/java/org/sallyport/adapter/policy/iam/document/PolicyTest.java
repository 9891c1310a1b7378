package org.sallyport.adapter.policy.iam.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.spi.access.PolicyKind;

class PolicyTest {
    private static final String SYNTAX = "Syntax errors in policy.";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
            'Effect':'allow','Action':'*','Resource':'*'                        | The policy failed legacy parsing
            'Effect':'Allow','Resource':'*'                                     | Policy statement must contain actions.
            'Effect':'Allow','Action':[],'Resource':'*'                         | Policy statement must contain actions.
            'Effect':'Allow','Action':'*'                                       | Policy statement must contain resources.
            'Effect':'Allow','Action':'*','Resource':[]                         | Policy statement must contain resources.
            'Effect':'Allow','Action':'*','Resource':'*','Principal':'*'        | Policy document should not specify a principal.
            'Effect':'Allow','Action':'StartSession','Resource':'*'             | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
            'Effect':'Allow','Action':'ssm:a:b','Resource':'*'                  | Actions/Condition can contain only one colon.
            'Effect':'Allow','Action':'s*m:a','Resource':'*'                    | Vendor s*m is not valid
            'Effect':'Allow','Action':'*','Resource':'x'                        | Resource x must be in ARN format or "*".
            'Effect':'Allow','Action':'*','Resource':'arn:aws:s*:::x'           | Resource vendor must be fully qualified and cannot contain regexes.
            'Effect':'Allow','Action':'*','Resource':'arn:aws'                  | Resource vendor must be fully qualified and cannot contain regexes.
            'Effect':'Allow','Action':'*','Resource':'arn:azure:x:r:1:y'        | Partition "azure" is not valid for resource "arn:azure:x:r:1:y".
            'Effect':'Allow','Action':'*','Resource':'arn:aws:iam:r:1:user/x'   | IAM resource arn:aws:iam:r:1:user/x cannot contain region information.
            'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:r::x'          | Resource arn:aws:s3:r::x can not contain region information.
            'Effect':'Allow','Action':'*','Resource':'arn:aws:ssm::x'           | The policy failed legacy parsing
            'Sid':'a b','Effect':'Allow','Action':'*','Resource':'*'            | Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*
            'Effect':'Allow','Action':'*','Resource':'*','Condition':{'DateEquals':{'k:a':'soon'}} | The policy failed legacy parsing
            'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Fancy':{'k:a':'x'}}         | Syntax errors in policy.
            'Effect':'Allow','Action':'*','Resource':'*','Condition':'x'                           | Syntax errors in policy.
            'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Bool':{'k:a':null}}         | Syntax errors in policy.
            'Effect':'Allow','Action':'*','NotAction':'*','Resource':'*'        | Syntax errors in policy.
            'Effect':'Allow','Action':'*','Resource':'*','Surprise':1           | Syntax errors in policy.
            'Effect':'Allow','Effect':'Deny','Action':'*','Resource':'*'        | Syntax errors in policy.
            'Action':'*','Resource':'*'                                         | Syntax errors in policy.
            'Effect':'Allow','Action':1,'Resource':'*'                          | Syntax errors in policy.
            'Effect':'Allow','Action':'*','Resource':{'any':true}               | Syntax errors in policy.
            """)
    void refusesAStatementInTheWordsOfIam(String statement, String message) {
        assertThatThrownBy(() -> Policy.parse(PolicyKind.USER_INLINE, document(statement)))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
            'Effect':'Allow','Action':'sts:AssumeRole'                                       | Missing required field Principal
            'Effect':'Allow','Action':'sts:AssumeRole','Principal':'*','Resource':'*'        | Has prohibited field Resource
            'Effect':'Allow','Action':'ssm:*','Principal':'*'                                | AssumeRole policy may only specify STS AssumeRole actions.
            'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'bob'}             | Invalid principal in policy: "AWS":"bob"
            'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'arn:aws:iam::123456789012:user/*'} | Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/*"
            'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'People':'bob'}          | Invalid principal in policy: "People":"bob"
            'Effect':'Allow','Action':'sts:AssumeRole','Principal':'bob'                     | Syntax errors in policy.
            'Effect':'Allow','Action':'sts:AssumeRole','Principal':'*','NotPrincipal':'*'    | Syntax errors in policy.
            """)
    void refusesATrustPolicyInTheWordsOfIam(String statement, String message) {
        assertThatThrownBy(() -> Policy.parse(PolicyKind.TRUST, document(statement)))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessage(message);
    }

    @Test
    void asksForTheNewerVersionInManagedPoliciesOnly() throws MalformedPolicyException {
        String statement = "'Effect':'Allow','Action':'*','Resource':'*'";
        String old = document(statement).replace("2012-10-17", "2008-10-17");
        String none = "{\"Statement\":{" + statement.replace('\'', '"') + "}}";

        assertThatThrownBy(() -> Policy.parse(PolicyKind.MANAGED, old))
                .hasMessage("Policy document must be version 2012-10-17 or greater.");
        assertThatThrownBy(() -> Policy.parse(PolicyKind.MANAGED, none))
                .hasMessage("Policy document must be version 2012-10-17 or greater.");
        assertThat(Policy.parse(PolicyKind.USER_INLINE, old).statements()).hasSize(1);
        assertThat(Policy.parse(PolicyKind.ROLE_INLINE, none).statements()).hasSize(1);
    }

    @Test
    void refusesTheSameSidTwice() {
        String statement = "{'Sid':'A','Effect':'Allow','Action':'*','Resource':'*'}".replace('\'', '"');

        assertThatThrownBy(() -> Policy.parse(
                        PolicyKind.INPUT,
                        "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "," + statement + "]}"))
                .hasMessage("Statement IDs (SID) in a single policy must be unique.");
    }

    @Test
    void refusesDocumentsBeyondTheBounds() {
        String fits = document("'Effect':'Allow','Action':'*','Resource':'*'");
        String deep =
                document("'Effect':'Allow','Action':'*','Resource':'*','Condition':" + "[".repeat(40) + "]".repeat(40));
        String long1 = fits + " ".repeat(DocumentReader.MAX_CHARS - fits.length() + 1);
        String number = document("'Effect':'Allow','Action':'*','Resource':'*','Condition':{'NumericEquals':{'k:a':"
                + "9".repeat(100) + "}}");

        for (String document : new String[] {deep, long1, number, fits + "{}", fits.replace("\"*\"", "\"\\uFFFE\"")}) {
            assertThatThrownBy(() -> Policy.parse(PolicyKind.INPUT, document)).hasMessage(SYNTAX);
        }
    }

    @Test
    void knowsWhereItsStatementsStand() throws MalformedPolicyException {
        Policy policy = Policy.parse(
                PolicyKind.INPUT,
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {"Effect": "Allow", "Action": "*", "Resource": "*"},
                    {"Effect": "Deny",
                     "Action": "*", "Resource": "*"}
                  ]
                }
                """);

        assertThat(policy.statements())
                .extracting(Statement::span)
                .containsExactly(new Span(4, 5, 4, 56), new Span(5, 5, 6, 37));
    }

    @Test
    void takesNumbersAndTruthValuesWithoutQuotes() throws MalformedPolicyException {
        Policy policy = Policy.parse(
                PolicyKind.INPUT,
                document(
                        "'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Bool':{'k:a':true},'NumericLessThan':{'k:b':[900,1.5]}}"));

        assertThat(policy.statements().get(0).conditions().get(0).values()).containsExactly("true");
        assertThat(policy.statements().get(0).conditions().get(1).values()).containsExactly("900", "1.5");
    }

    private static String document(String statement) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{" + statement.replace('\'', '"') + "}}";
    }
}
