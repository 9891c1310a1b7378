package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;

/** Refusals, as AWS's own client reads them. */
class IamErrorsTest {
    private final Front front = new Front();
    private final IamClient iam = AwsClients.iam(front);

    private static void refused(AwsServiceException e, String code, int status) {
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(e.statusCode()).isEqualTo(status);
        assertThat(e.requestId()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(IamError.class)
    void eachFailureHasAwsCodeAndStatus(IamError error) {
        front.iam.users.refuse(new SallyportException(error, "Refused <for> the test."));

        assertThatThrownBy(() -> iam.deleteUser(r -> r.userName("bob")))
                .isInstanceOfSatisfying(IamException.class, e -> refused(e, error.wireName(), error.httpStatus()))
                .hasMessageStartingWith("Refused <for> the test.");
    }

    @ParameterizedTest
    @EnumSource(IamError.class)
    void theFaultIsTheSendersBelow500(IamError error) {
        front.iam.users.refuse(new SallyportException(error, "no"));

        Xml xml = Xml.of(front.query("Action=DeleteUser&Version=2010-05-08&UserName=bob", "iam"));

        assertThat(xml.text("Type")).isEqualTo(error.httpStatus() < 500 ? "Sender" : "Receiver");
        assertThat(xml.namespace()).isEqualTo("https://iam.amazonaws.com/doc/2010-05-08/");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_SUCH_ENTITY, NoSuchEntityException",
        "ENTITY_ALREADY_EXISTS, EntityAlreadyExistsException",
        "DELETE_CONFLICT, DeleteConflictException",
        "LIMIT_EXCEEDED, LimitExceededException",
        "MALFORMED_POLICY_DOCUMENT, MalformedPolicyDocumentException",
        "INVALID_INPUT, InvalidInputException",
        "UNMODIFIABLE_ENTITY, UnmodifiableEntityException",
        "POLICY_NOT_ATTACHABLE, PolicyNotAttachableException",
        "PASSWORD_POLICY_VIOLATION, PasswordPolicyViolationException",
    })
    void theClientKnowsThem(IamError error, String type) {
        front.iam.inline.refuse(new SallyportException(error, "no"));

        assertThatThrownBy(() -> iam.putUserPolicy(
                        r -> r.userName("bob").policyName("Extra").policyDocument("{}")))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(type));
    }

    @Test
    void whoIsDeniedIsToldInAwsWords() {
        front.iam.users.refuse(new SallyportException(AccessError.ACCESS_DENIED, "User: carol is not authorized"));

        assertThatThrownBy(iam::listUsers)
                .isInstanceOfSatisfying(IamException.class, e -> refused(e, "AccessDenied", 403));
    }

    @Test
    void aServiceThatIsAwayIsUnavailable() {
        front.iam.sets().forEach(front.dispatcher::unbindSet);
        assertThat(iam.listUsers().users()).hasSize(1);

        front.unbindSets();
        assertThatThrownBy(iam::listUsers)
                .isInstanceOfSatisfying(IamException.class, e -> refused(e, "ServiceUnavailable", 503));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action=CreateUser | 1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null",
                "Action=CreateUser&UserName=a%20b | 1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
                "Action=ListUsers&MaxItems=0 | 1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
                "Action=ListUsers&Marker= | 1 validation error detected: Value '' at 'marker' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'marker' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0020-\\u00FF]+",
                "Action=UpdateAccessKey&AccessKeyId=AKIAEXAMPLEEXAMPLE00&Status=on | 1 validation error detected: Value 'on' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]",
                "Action=TagUser&UserName=bob&Tags.member.1.Key=k | 1 validation error detected: Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
            })
    void brokenConstraintsAreToldInAwsWords(String form, String message) {
        Answer answer = front.query(form + "&Version=2010-05-08", "iam");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Xml.of(answer).text("Code")).isEqualTo("ValidationError");
        assertThat(Xml.of(answer).text("Message")).endsWith(message.substring(message.indexOf("Value")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ListUsers&MaxItems=ten",
                "ListUsers&MaxItems=99999999999",
                "ListUsers&MaxItems.member.1=10",
                "ListPolicies&OnlyAttached=yes",
                "TagUser&UserName=bob&Tags=team",
                "TagUser&UserName=bob&Tags.member.one.Key=k",
                "TagUser&UserName=bob&Tags.member.1.Key=k&Tags.member.01.Key=l",
                "TagUser&UserName=bob&Tags.member.1234567.Key=k",
                "TagUser&UserName=bob&Tags.member.1.Key.deep=k",
                "TagUser&UserName=bob&a.b.c.d.e.f.g.h.i.j.k.l.m=k",
            })
    void aParameterOfAnotherTypeIsMalformedInput(String form) {
        Answer answer = front.query("Version=2010-05-08&Action=" + form, "iam");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Xml.of(answer).text("Code")).isEqualTo("MalformedInput");
    }
}
