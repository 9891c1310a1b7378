package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Logins;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.iam.Tags;
import org.sallyport.api.iam.UserKeys;
import org.sallyport.api.page.PageRequest;
import org.sallyport.front.aws.Recorder.Asked;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.InvalidInputException;

/** Access keys, passwords and tags, as AWS's own client writes and reads them. */
class IamCredentialsTest {
    private final Front front = new Front();
    private final IamClient iam = AwsClients.iam(front);
    private final Recorder<UserKeys> keys = front.iam.keys;
    private final Recorder<Logins> logins = front.iam.logins;
    private final Recorder<Tags> tags = front.iam.tags;

    @Test
    void keysAreMadeWithTheirSecret() {
        var made = iam.createAccessKey(r -> r.userName("bob")).accessKey();

        assertThat(made.userName()).isEqualTo("bob");
        assertThat(made.accessKeyId()).isEqualTo(FakeIam.KEY.accessKeyId());
        assertThat(made.secretAccessKey()).isEqualTo("secret");
        assertThat(made.statusAsString()).isEqualTo("Inactive");
        assertThat(made.createDate()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
        assertThat(keys.last()).isEqualTo(Asked.byCaller("create", Optional.of("bob")));
        iam.createAccessKey();
        assertThat(keys.last()).isEqualTo(Asked.byCaller("create", Optional.empty()));
    }

    @Test
    void keysAreChangedListedAndDeleted() {
        String id = FakeIam.KEY.accessKeyId();
        iam.updateAccessKey(r -> r.userName("bob").accessKeyId(id).status("Active"));
        assertThat(keys.last()).isEqualTo(Asked.byCaller("update", Optional.of("bob"), id, true));
        iam.updateAccessKey(r -> r.accessKeyId(id).status("Inactive"));
        assertThat(keys.last()).isEqualTo(Asked.byCaller("update", Optional.empty(), id, false));

        var page = iam.listAccessKeys(r -> r.userName("bob").maxItems(1));
        assertThat(page.accessKeyMetadata()).singleElement().satisfies(key -> {
            assertThat(key.userName()).isEqualTo("bob");
            assertThat(key.accessKeyId()).isEqualTo(id);
            assertThat(key.statusAsString()).isEqualTo("Inactive");
        });
        assertThat(page.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(keys.last()).isEqualTo(Asked.byCaller("list", Optional.of("bob"), PageRequest.first(1)));

        iam.deleteAccessKey(r -> r.userName("bob").accessKeyId(id));
        assertThat(keys.last()).isEqualTo(Asked.byCaller("delete", Optional.of("bob"), id));
    }

    @Test
    void theLastUseOfAKeyIsTold() {
        String id = FakeIam.KEY.accessKeyId();

        var used = iam.getAccessKeyLastUsed(r -> r.accessKeyId(id));
        assertThat(used.userName()).isEqualTo("bob");
        assertThat(used.accessKeyLastUsed().lastUsedDate()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
        assertThat(used.accessKeyLastUsed().serviceName()).isEqualTo("ssm");
        assertThat(used.accessKeyLastUsed().region()).isEqualTo("onprem-1");
        assertThat(keys.last()).isEqualTo(Asked.byCaller("lastUsed", id));

        keys.answering("lastUsed", new UserKeys.Use("bob", Optional.empty()));
        var never = iam.getAccessKeyLastUsed(r -> r.accessKeyId(id)).accessKeyLastUsed();
        assertThat(never.lastUsedDate()).isNull();
        assertThat(never.serviceName()).isEqualTo("N/A");
        assertThat(never.region()).isEqualTo("N/A");
    }

    @Test
    void passwordsAreSetChangedAndTakenAway() {
        var made = iam.createLoginProfile(r -> r.userName("bob").password("p&ss wörd"))
                .loginProfile();
        assertThat(made.userName()).isEqualTo("bob");
        assertThat(made.passwordResetRequired()).isFalse();
        assertThat(made.createDate()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
        assertThat(logins.last()).isEqualTo(Asked.byCaller("create", "bob", "p&ss wörd"));

        assertThat(iam.getLoginProfile(r -> r.userName("bob")).loginProfile()).isEqualTo(made);
        assertThat(logins.last()).isEqualTo(Asked.byCaller("get", "bob"));
        iam.updateLoginProfile(r -> r.userName("bob").password("other").passwordResetRequired(false));
        assertThat(logins.last()).isEqualTo(Asked.byCaller("update", "bob", "other"));
        iam.deleteLoginProfile(r -> r.userName("bob"));
        assertThat(logins.last()).isEqualTo(Asked.byCaller("delete", "bob"));
    }

    @Test
    void whatAPasswordCannotDoIsSaid() {
        assertThatThrownBy(() -> iam.createLoginProfile(
                        r -> r.userName("bob").password("other").passwordResetRequired(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("PasswordResetRequired");
        assertThatThrownBy(() -> iam.updateLoginProfile(r -> r.userName("bob")))
                .isInstanceOf(InvalidInputException.class);
        assertThat(logins.last()).isNull();
    }

    @Test
    void tagsArePut() {
        List<Tag> wanted = List.of(FakeIam.TEAM, new Tag("empty", ""));
        var given = List.of(AwsClients.tag("team", "blue + réd"), AwsClients.tag("empty", ""));

        iam.tagUser(r -> r.userName("bob").tags(given));
        assertThat(tags.last()).isEqualTo(Asked.byCaller("put", new Tags.Tagged(EntityKind.USER, "bob"), wanted));
        iam.tagRole(r -> r.roleName("Nodes").tags(given));
        assertThat(tags.last()).isEqualTo(Asked.byCaller("put", new Tags.Tagged(EntityKind.ROLE, "Nodes"), wanted));
        iam.tagPolicy(r -> r.policyArn(FakeIam.POLICY).tags(given));
        assertThat(tags.last())
                .isEqualTo(Asked.byCaller("put", new Tags.Tagged(EntityKind.POLICY, FakeIam.POLICY), wanted));
        iam.tagInstanceProfile(r -> r.instanceProfileName("Machines").tags(given));
        assertThat(tags.last())
                .isEqualTo(Asked.byCaller("put", new Tags.Tagged(EntityKind.INSTANCE_PROFILE, "Machines"), wanted));
    }

    @Test
    void tagsAreTakenAway() {
        List<String> wanted = List.of("team", "empty");

        iam.untagUser(r -> r.userName("bob").tagKeys(wanted));
        assertThat(tags.last()).isEqualTo(Asked.byCaller("remove", new Tags.Tagged(EntityKind.USER, "bob"), wanted));
        iam.untagRole(r -> r.roleName("Nodes").tagKeys(wanted));
        assertThat(tags.last()).isEqualTo(Asked.byCaller("remove", new Tags.Tagged(EntityKind.ROLE, "Nodes"), wanted));
        iam.untagPolicy(r -> r.policyArn(FakeIam.POLICY).tagKeys(wanted));
        assertThat(tags.last())
                .isEqualTo(Asked.byCaller("remove", new Tags.Tagged(EntityKind.POLICY, FakeIam.POLICY), wanted));
        iam.untagInstanceProfile(r -> r.instanceProfileName("Machines").tagKeys(wanted));
        assertThat(tags.last())
                .isEqualTo(Asked.byCaller("remove", new Tags.Tagged(EntityKind.INSTANCE_PROFILE, "Machines"), wanted));
    }

    @Test
    void tagsAreListed() {
        PageRequest first = PageRequest.first(100);
        var ofUser = iam.listUserTags(r -> r.userName("bob").maxItems(1).marker("m"));
        assertThat(tags.last())
                .isEqualTo(Asked.byCaller(
                        "list", new Tags.Tagged(EntityKind.USER, "bob"), new PageRequest(1, Optional.of("m"))));
        var ofRole = iam.listRoleTags(r -> r.roleName("Nodes"));
        assertThat(tags.last()).isEqualTo(Asked.byCaller("list", new Tags.Tagged(EntityKind.ROLE, "Nodes"), first));
        var ofPolicy = iam.listPolicyTags(r -> r.policyArn(FakeIam.POLICY));
        assertThat(tags.last())
                .isEqualTo(Asked.byCaller("list", new Tags.Tagged(EntityKind.POLICY, FakeIam.POLICY), first));
        var ofProfile = iam.listInstanceProfileTags(r -> r.instanceProfileName("Machines"));
        assertThat(tags.last())
                .isEqualTo(Asked.byCaller("list", new Tags.Tagged(EntityKind.INSTANCE_PROFILE, "Machines"), first));

        assertThat(ofUser.tags()).singleElement().satisfies(tag -> {
            assertThat(tag.key()).isEqualTo("team");
            assertThat(tag.value()).isEqualTo("blue + réd");
        });
        assertThat(ofUser.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(List.of(ofRole.tags(), ofPolicy.tags(), ofProfile.tags())).containsOnly(ofUser.tags());
    }
}
