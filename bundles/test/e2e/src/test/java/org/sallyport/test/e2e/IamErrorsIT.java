package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.Tag;

/** Each refusal of IAM, provoked on a real server and read by AWS's own SDK. */
@ExtendWith(LiveSystemExtension.class)
class IamErrorsIT {
    private static final String USER = "it-errors";
    private static final String NOBODY = "it-nobody";
    private static final String START = Documents.allowing("ssm:StartSession", "*");

    private IamClient iam;

    @BeforeEach
    void person(LiveSystem live) {
        iam = Clients.iam(live);
        iam.createUser(r -> r.userName(USER));
    }

    @AfterEach
    void gone() {
        iam.listAccessKeys(r -> r.userName(USER))
                .accessKeyMetadata()
                .forEach(key -> iam.deleteAccessKey(r -> r.userName(USER).accessKeyId(key.accessKeyId())));
        iam.deleteUser(r -> r.userName(USER));
        iam.close();
    }

    private static AwsServiceException refused(String code, int status, ThrowingCallable call) {
        AwsServiceException[] refusal = new AwsServiceException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            refusal[0] = e;
            assertThat(e.awsErrorDetails().errorCode()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.statusCode()).as(e.getMessage()).isEqualTo(status);
            assertThat(e.requestId()).isNotBlank();
        });
        return refusal[0];
    }

    @Test
    void whatIsNotThereIsNoSuchEntity() {
        List<ThrowingCallable> calls = List.of(
                () -> iam.getUser(r -> r.userName(NOBODY)),
                () -> iam.deleteUser(r -> r.userName(NOBODY)),
                () -> iam.getGroup(r -> r.groupName(NOBODY)),
                () -> iam.addUserToGroup(r -> r.groupName(NOBODY).userName(USER)),
                () -> iam.getRole(r -> r.roleName(NOBODY)),
                () -> iam.getInstanceProfile(r -> r.instanceProfileName(NOBODY)),
                () -> iam.getPolicy(r -> r.policyArn("arn:aws:iam::aws:policy/" + NOBODY)),
                () -> iam.getUserPolicy(r -> r.userName(USER).policyName(NOBODY)),
                () -> iam.detachUserPolicy(
                        r -> r.userName(USER).policyArn("arn:aws:iam::aws:policy/AdministratorAccess")),
                () -> iam.getLoginProfile(r -> r.userName(USER)),
                () -> iam.updateAccessKey(r ->
                        r.userName(USER).accessKeyId("AKIAAAAAAAAAAAAAAAAA").status("Active")),
                () -> iam.listUserTags(r -> r.userName(NOBODY)),
                () -> iam.listSSHPublicKeys(r -> r.userName(NOBODY)),
                iam::getAccountPasswordPolicy);

        calls.forEach(call -> refused("NoSuchEntity", 404, call));
    }

    @Test
    void whatIsThereAlreadyExists() {
        refused("EntityAlreadyExists", 409, () -> iam.createUser(r -> r.userName(USER)));
        refused("EntityAlreadyExists", 409, () -> iam.createUser(r -> r.userName(USER.toUpperCase())));
    }

    @Test
    void whatHangsOnAUserIsInTheWay() {
        iam.createAccessKey(r -> r.userName(USER));

        refused("DeleteConflict", 409, () -> iam.deleteUser(r -> r.userName(USER)));
    }

    @Test
    void quotasAreKept() {
        iam.createAccessKey(r -> r.userName(USER));
        iam.createAccessKey(r -> r.userName(USER));
        AwsServiceException refusal = refused("LimitExceeded", 409, () -> iam.createAccessKey(r -> r.userName(USER)));
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("Cannot exceed quota for AccessKeysPerUser: 2");

        String large = Documents.allowing("ssm:" + "a".repeat(7000), "*");
        refused(
                "LimitExceeded",
                409,
                () -> iam.createPolicy(r -> r.policyName("it-large").policyDocument(large)));
    }

    @Test
    void documentsAreRead() {
        for (String document : List.of("not json", "{}", START.replace("Allow", "Maybe"), START + "}")) {
            refused(
                    "MalformedPolicyDocument",
                    400,
                    () -> iam.createPolicy(r -> r.policyName("it-malformed").policyDocument(document)));
        }
        refused(
                "MalformedPolicyDocument",
                400,
                () -> iam.createRole(r -> r.roleName("it-malformed").assumeRolePolicyDocument(START)));
    }

    @Test
    void whatCameWithTheServerStays() {
        String administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
        AwsServiceException refusal = refused(
                "UnmodifiableEntity",
                400,
                () -> iam.createPolicyVersion(r -> r.policyArn(administrator).policyDocument(START)));
        assertThat(refusal.awsErrorDetails().errorMessage()).contains(administrator);
    }

    @Test
    void inputsAreHeldAgainstTheModel() {
        assertThat(refused("ValidationError", 400, () -> iam.createUser(r -> r.userName("a b")))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint:"
                        + " Member must satisfy regular expression pattern: [\\w+=,.@-]+");
        refused("ValidationError", 400, () -> iam.listUsers(r -> r.marker("nobody's marker")));
        refused("ValidationError", 400, () -> iam.listUsers(r -> r.maxItems(1001)));
        Tag tag = Tag.builder().key("a").value("b").build();
        Tag same = Tag.builder().key("A").value("c").build();
        refused("InvalidInput", 400, () -> iam.tagUser(r -> r.userName(USER).tags(tag, same)));
    }

    @Test
    void aWeakPasswordIsRefused() {
        refused(
                "PasswordPolicyViolation",
                400,
                () -> iam.createLoginProfile(r -> r.userName(USER).password("short")));
    }

    @Test
    void whoHasNoRightIsDeniedWithAReferenceThatAnAdministratorOpens(LiveSystem live) {
        AccessKey key = iam.createAccessKey(r -> r.userName(USER)).accessKey();
        AwsBasicCredentials credentials = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
        String text;
        try (IamClient theirs = Clients.iam(live, credentials)) {
            text = refused("AccessDenied", 403, () -> theirs.createUser(r -> r.userName("it-theirs")))
                    .awsErrorDetails()
                    .errorMessage();
            refused("AccessDenied", 403, () -> theirs.getRole(r -> r.roleName(NOBODY)));
        }

        String arn = "arn:aws:iam::" + live.get("accountId") + ":user/";
        assertThat(text)
                .startsWith("User: %s%s is not authorized to perform: iam:CreateUser on resource: %sit-theirs"
                        .formatted(arn, USER, arn));
        String reference = text.replaceAll(".*\\(reference ([^)]+)\\).*", "$1");
        try (var sts = Clients.sts(live)) {
            assertThat(sts.decodeAuthorizationMessage(r -> r.encodedMessage(reference))
                            .decodedMessage())
                    .contains("\"action\":\"iam:CreateUser\"", arn + USER);
            refused(
                    "InvalidAuthorizationMessageException",
                    400,
                    () -> sts.decodeAuthorizationMessage(r -> r.encodedMessage("nothing")));
        }
        try (var theirs = Clients.sts(live, credentials)) {
            refused("AccessDenied", 403, () -> theirs.decodeAuthorizationMessage(r -> r.encodedMessage(reference)));
        }
    }

    @Test
    void whoCannotSignIsNotKnown(LiveSystem live) {
        try (IamClient stranger = Clients.iam(live, AwsBasicCredentials.create("AKIAAAAAAAAAAAAAAAAA", "guess"))) {
            refused("InvalidClientTokenId", 403, stranger::listUsers);
        }
        String id = live.get("accessKeyId");
        try (IamClient wrong = Clients.iam(live, AwsBasicCredentials.create(id, "guess"))) {
            refused("SignatureDoesNotMatch", 403, wrong::listUsers);
        }
    }
}
