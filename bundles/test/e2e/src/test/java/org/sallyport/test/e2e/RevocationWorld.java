package org.sallyport.test.e2e;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;

/** Makes people who may start sessions, each by another right and under a name of its own, and takes the rights away. */
final class RevocationWorld implements AutoCloseable {
    private static final String START = Documents.allowing("ssm:StartSession", "*");
    private static final String LOOK = Documents.allowing("ssm:DescribeSessions", "*");
    private static final String POLICY = "rights";

    private final LiveSystem live;
    private final IamClient iam;
    private final StsClient sts;
    private final SsmClient ssm;
    private final Map<String, String> keys = new HashMap<>();

    RevocationWorld(LiveSystem live) {
        this.live = live;
        iam = Clients.iam(live);
        sts = Clients.sts(live);
        ssm = Clients.ssm(live);
    }

    private static String of(String name) {
        return "it-revoked-" + name.toLowerCase(Locale.ROOT);
    }

    private String arn(String name) {
        return "arn:aws:iam::%s:policy/%s".formatted(live.get("accountId"), of(name));
    }

    private String roleArn(String name) {
        return "arn:aws:iam::%s:role/%s".formatted(live.get("accountId"), of(name));
    }

    private void policy(String name, String document) {
        iam.createPolicy(r -> r.policyName(of(name)).policyDocument(document));
    }

    private static String given(String condition) {
        return START.replace("\"Resource\"", "\"Condition\":{" + condition + "},\"Resource\"");
    }

    // who has a right at first

    private AwsCredentials user(String name) {
        iam.createUser(r -> r.userName(of(name)));
        AccessKey key = iam.createAccessKey(r -> r.userName(of(name))).accessKey();
        keys.put(name, key.accessKeyId());
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    private AwsCredentials allowed(String name, String document) {
        AwsCredentials credentials = user(name);
        iam.putUserPolicy(r -> r.userName(of(name)).policyName(POLICY).policyDocument(document));
        return credentials;
    }

    AwsCredentials allowed(String name) {
        return allowed(name, START);
    }

    /** With a password instead of a key. */
    String person(String name, String password) {
        iam.createUser(r -> r.userName(of(name)));
        iam.putUserPolicy(r -> r.userName(of(name)).policyName(POLICY).policyDocument(START));
        iam.createLoginProfile(r -> r.userName(of(name)).password(password));
        return of(name);
    }

    AwsCredentials attached(String name) {
        AwsCredentials credentials = user(name);
        policy(name, START);
        iam.attachUserPolicy(r -> r.userName(of(name)).policyArn(arn(name)));
        return credentials;
    }

    AwsCredentials member(String name) {
        AwsCredentials credentials = user(name);
        policy(name, START);
        iam.createGroup(r -> r.groupName(of(name)));
        iam.attachGroupPolicy(r -> r.groupName(of(name)).policyArn(arn(name)));
        iam.addUserToGroup(r -> r.groupName(of(name)).userName(of(name)));
        return credentials;
    }

    AwsCredentials memberInline(String name) {
        AwsCredentials credentials = user(name);
        iam.createGroup(r -> r.groupName(of(name)));
        iam.putGroupPolicy(r -> r.groupName(of(name)).policyName(POLICY).policyDocument(START));
        iam.addUserToGroup(r -> r.groupName(of(name)).userName(of(name)));
        return credentials;
    }

    AwsCredentials byNodeTag(String name) {
        nodeTag(name, "yes");
        return allowed(name, given("\"StringEquals\":{\"ssm:resourceTag/" + name + "\":\"yes\"}"));
    }

    private void nodeTag(String key, String value) {
        var tag = software.amazon.awssdk.services.ssm.model.Tag.builder()
                .key(key)
                .value(value)
                .build();
        ssm.addTagsToResource(r -> r.resourceType(ResourceTypeForTagging.MANAGED_INSTANCE)
                .resourceId(live.nodeId())
                .tags(tag));
    }

    AwsCredentials byUserTag(String name) {
        AwsCredentials credentials = allowed(name, given("\"StringEquals\":{\"aws:PrincipalTag/team\":\"blue\"}"));
        iam.tagUser(r -> r.userName(of(name)).tags(team("blue")));
        return credentials;
    }

    private static Tag team(String value) {
        return Tag.builder().key("team").value(value).build();
    }

    AwsCredentials allowedInBounds(String name) {
        AwsCredentials credentials = allowed(name);
        policy(name, START);
        iam.putUserPermissionsBoundary(r -> r.userName(of(name)).permissionsBoundary(arn(name)));
        return credentials;
    }

    AwsCredentials sessionToken(String name) {
        try (StsClient theirs = Clients.sts(live, allowed(name))) {
            return session(theirs.getSessionToken().credentials());
        }
    }

    private void makeRole(String name, String document) {
        iam.createRole(r -> r.roleName(of(name))
                .assumeRolePolicyDocument(Documents.trusting("{\"AWS\":\"" + live.get("accountId") + "\"}")));
        iam.putRolePolicy(r -> r.roleName(of(name)).policyName(POLICY).policyDocument(document));
    }

    private AssumeRoleRequest.Builder assuming(String name) {
        return AssumeRoleRequest.builder().roleArn(roleArn(name)).roleSessionName("revoked");
    }

    private AwsCredentials assumed(AssumeRoleRequest.Builder request) {
        return session(sts.assumeRole(request.build()).credentials());
    }

    static AwsCredentials session(Credentials given) {
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    AwsCredentials role(String name) {
        makeRole(name, START);
        return assumed(assuming(name));
    }

    AwsCredentials byRoleTag(String name) {
        makeRole(name, given("\"StringEquals\":{\"aws:PrincipalTag/team\":\"blue\"}"));
        iam.tagRole(r -> r.roleName(of(name)).tags(team("blue")));
        return assumed(assuming(name));
    }

    AwsCredentials roleWithSessionPolicy(String name) {
        makeRole(name, START);
        return assumed(assuming(name).policy(START));
    }

    AwsCredentials roleWithManagedSessionPolicy(String name) {
        makeRole(name, START);
        policy(name, START);
        PolicyDescriptorType limit =
                PolicyDescriptorType.builder().arn(arn(name)).build();
        return assumed(assuming(name).policyArns(limit));
    }

    AwsCredentials assumedByUser(String name) {
        makeRole(name, START);
        AwsCredentials caller = allowed(name, Documents.allowing("sts:AssumeRole", roleArn(name)));
        try (StsClient theirs = Clients.sts(live, caller)) {
            return session(theirs.assumeRole(assuming(name).build()).credentials());
        }
    }

    // how it is taken away

    void anotherDefault(String name) {
        iam.createPolicyVersion(r -> r.policyArn(arn(name)).policyDocument(LOOK).setAsDefault(true));
    }

    void detached(String name) {
        iam.detachUserPolicy(r -> r.userName(of(name)).policyArn(arn(name)));
    }

    void detachedFromGroup(String name) {
        iam.detachGroupPolicy(r -> r.groupName(of(name)).policyArn(arn(name)));
    }

    void otherInline(String name) {
        iam.putUserPolicy(r -> r.userName(of(name)).policyName(POLICY).policyDocument(LOOK));
    }

    void withoutInline(String name) {
        iam.deleteUserPolicy(r -> r.userName(of(name)).policyName(POLICY));
    }

    void denied(String name) {
        iam.putUserPolicy(r -> r.userName(of(name))
                .policyName(POLICY)
                .policyDocument(Documents.denying(
                        "ssm:*",
                        "arn:aws:ssm:*:%s:managed-instance/%s".formatted(live.get("accountId"), live.nodeId()))));
    }

    void otherGroupInline(String name) {
        iam.putGroupPolicy(r -> r.groupName(of(name)).policyName(POLICY).policyDocument(LOOK));
    }

    void otherRoleInline(String name) {
        iam.putRolePolicy(r -> r.roleName(of(name)).policyName(POLICY).policyDocument(LOOK));
    }

    void removed(String name) {
        iam.removeUserFromGroup(r -> r.groupName(of(name)).userName(of(name)));
    }

    void otherNodeTag(String name) {
        nodeTag(name, "no");
    }

    void noNodeTag(String name) {
        ssm.removeTagsFromResource(r -> r.resourceType(ResourceTypeForTagging.MANAGED_INSTANCE)
                .resourceId(live.nodeId())
                .tagKeys(name));
    }

    void otherUserTag(String name) {
        iam.tagUser(r -> r.userName(of(name)).tags(team("red")));
    }

    void noRoleTag(String name) {
        iam.untagRole(r -> r.roleName(of(name)).tagKeys("team"));
    }

    void keyDeactivated(String name) {
        iam.updateAccessKey(
                r -> r.userName(of(name)).accessKeyId(keys.get(name)).status("Inactive"));
    }

    void keyDeleted(String name) {
        iam.deleteAccessKey(r -> r.userName(of(name)).accessKeyId(keys.get(name)));
    }

    void userDeleted(String name) {
        removed(name);
        keyDeleted(name);
        iam.deleteUser(r -> r.userName(of(name)));
    }

    void roleDeleted(String name) {
        iam.deleteRolePolicy(r -> r.roleName(of(name)).policyName(POLICY));
        iam.deleteRole(r -> r.roleName(of(name)));
    }

    /** As AWS's console does it with "Revoke active sessions". */
    void olderSessionsRevoked(String name) {
        String older = given("\"DateLessThan\":{\"aws:TokenIssueTime\":\""
                + Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1) + "\"}");
        iam.putRolePolicy(r -> r.roleName(of(name))
                .policyName("AWSRevokeOlderSessions")
                .policyDocument(older.replace("Allow", "Deny").replace("ssm:StartSession", "*")));
    }

    void bounded(String name) {
        policy(name, LOOK);
        iam.putUserPermissionsBoundary(r -> r.userName(of(name)).permissionsBoundary(arn(name)));
    }

    void roleBounded(String name) {
        policy(name, LOOK);
        iam.putRolePermissionsBoundary(r -> r.roleName(of(name)).permissionsBoundary(arn(name)));
    }

    void trustNobody(String name) {
        iam.updateAssumeRolePolicy(r -> r.roleName(of(name))
                .policyDocument(
                        Documents.trusting("{\"AWS\":\"*\"}").replace("\"Effect\":\"Allow\"", "\"Effect\":\"Deny\"")));
    }

    @Override
    public void close() {
        iam.close();
        sts.close();
        ssm.close();
    }
}
