package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.Account.Detail;
import org.sallyport.api.iam.Account.Device;
import org.sallyport.api.iam.Account.GroupDetail;
import org.sallyport.api.iam.Account.Inline;
import org.sallyport.api.iam.Account.Part;
import org.sallyport.api.iam.Account.PolicyDetail;
import org.sallyport.api.iam.Account.RoleDetail;
import org.sallyport.api.iam.Account.UserDetail;
import org.sallyport.api.iam.AttachedPolicy;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.InstanceProfile;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.ManagedPolicies.NewPolicy;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.PolicyVersion;
import org.sallyport.api.iam.Roles.NewRole;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

class StoredAccountTest {
    private static final String DOCUMENT = IamWorld.allow("ssm:*", "*");
    private static final String DEVICE = "arn:aws:iam::" + IamWorld.ACCOUNT + ":mfa/bob";

    private final IamWorld world = new IamWorld();
    private final StoredAccount account = new StoredAccount(world.core, world.decisions);

    @AfterEach
    void close() {
        world.close();
    }

    @BeforeEach
    void people() {
        world.user("bob", DOCUMENT);
        world.groups.create(world.admin, "ops", "/");
        world.groups.add(world.admin, "ops", "bob");
        world.roles.create(world.admin, NewRole.named("Nodes", IamWorld.TRUST_SSM));
        world.profiles.create(world.admin, "Machines", "/", List.of());
        world.profiles.addRole(world.admin, "Machines", "Nodes");
        String shells = world.policies
                .create(world.admin, NewPolicy.named("Shells", DOCUMENT))
                .arn();
        world.attachments.attach(world.admin, Owner.role("Nodes"), shells);
        world.attachments.attach(world.admin, Owner.group("ops"), shells);
    }

    @Test
    void countsWhatThereIs() {
        secondFactor("bob");

        assertThat(account.summary(world.admin))
                .containsEntry("Users", 2)
                .containsEntry("UsersQuota", 5_000)
                .containsEntry("Groups", 1)
                .containsEntry(
                        "Roles",
                        world.roles
                                .list(world.admin, Listed.all(PageRequest.first(10)))
                                .items()
                                .size())
                .containsEntry("InstanceProfiles", 1)
                .containsEntry("Policies", 1)
                .containsEntry("PolicyVersionsInUse", 1)
                .containsEntry("PolicySizeQuota", 6_144)
                .containsEntry("MFADevicesInUse", 1)
                .containsEntry("AccountMFAEnabled", 0);
    }

    @Test
    void showsAllThatHangsOnEverything() {
        List<Detail> all = account.details(world.admin, EnumSet.allOf(Part.class), PageRequest.first(1000))
                .items();

        UserDetail bob =
                the(UserDetail.class, all, detail -> detail.user().name().equals("bob"));
        assertThat(bob.groups()).containsExactly("ops");
        assertThat(bob.held().inline()).extracting(Inline::document).containsExactly(DOCUMENT);
        GroupDetail ops = the(GroupDetail.class, all, detail -> true);
        assertThat(ops.held().attached()).extracting(AttachedPolicy::name).containsExactly("Shells");
        RoleDetail nodes =
                the(RoleDetail.class, all, detail -> detail.role().name().equals("Nodes"));
        assertThat(nodes.profiles()).extracting(InstanceProfile::name).containsExactly("Machines");
        assertThat(nodes.held().attached()).hasSize(1);
        PolicyDetail shells =
                the(PolicyDetail.class, all, detail -> detail.policy().name().equals("Shells"));
        assertThat(shells.policy().attachments()).isEqualTo(2);
        assertThat(shells.versions()).extracting(PolicyVersion::document).containsExactly(DOCUMENT);
        assertThat(all.stream().filter(PolicyDetail.class::isInstance))
                .hasSize(1 + BuiltInPolicies.all().size());
    }

    private static <T extends Detail> T the(Class<T> type, List<Detail> all, Predicate<T> wanted) {
        List<T> found = all.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(wanted)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void pagesOverTheParts() {
        Set<Part> parts = EnumSet.allOf(Part.class);
        List<Detail> whole =
                account.details(world.admin, parts, PageRequest.first(1000)).items();

        for (int size = 1; size <= whole.size(); size++) {
            List<Detail> paged = new ArrayList<>();
            Optional<String> token = Optional.empty();
            do {
                Page<Detail> page = account.details(world.admin, parts, new PageRequest(size, token));
                assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
                paged.addAll(page.items());
                token = page.nextToken();
            } while (token.isPresent());
            assertThat(paged).as("pages of %d", size).isEqualTo(whole);
        }
        assertThat(account.details(world.admin, EnumSet.of(Part.ROLES), PageRequest.first(1))
                        .items())
                .singleElement()
                .isInstanceOf(RoleDetail.class);
    }

    @Test
    void aSecondFactorThatIsOnIsADevice() {
        world.user("carol");
        secondFactor("carol");
        world.factors.begin(principal("bob"));
        assertThat(account.devices(world.admin, Optional.of("bob"))).isEmpty();

        secondFactor("bob");

        assertThat(account.devices(world.admin, Optional.of("bob")))
                .extracting(Device::serialNumber)
                .containsExactly(DEVICE);
        Page<Device> first = account.allDevices(world.admin, PageRequest.first(1));
        Page<Device> second = account.allDevices(world.admin, new PageRequest(1, first.nextToken()));
        assertThat(first.items()).extracting(device -> device.user().name()).containsExactly("bob");
        assertThat(second.items()).extracting(device -> device.user().name()).containsExactly("carol");
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void aDeviceIsGoneWhenItIsDeactivated() {
        secondFactor("bob");
        IamEntitiesTest.assertCode(() -> account.deleteDevice(world.admin, DEVICE), IamError.DELETE_CONFLICT);

        world.factors.reset(world.admin, "bob");

        IamEntitiesTest.assertCode(() -> account.deleteDevice(world.admin, DEVICE), IamError.NO_SUCH_ENTITY);
        IamEntitiesTest.assertCode(
                () -> account.deleteDevice(world.admin, "arn:aws:iam::1:mfa/x"), IamError.NO_SUCH_ENTITY);
    }

    @Test
    void looksForUsersThatMayBeAskedFor() {
        account.requireUser(world.admin, "iam:ListSSHPublicKeys", Optional.of("bob"));
        account.requireUser(world.admin, "iam:ListSSHPublicKeys", Optional.empty());
        IamEntitiesTest.assertCode(
                () -> account.requireUser(world.admin, "iam:ListSSHPublicKeys", Optional.of("nobody")),
                IamError.NO_SUCH_ENTITY);
    }

    @Test
    void tellsTheAccountOfKeysOfThisServer() {
        Principal bob = principal("bob");
        String key = world.keys.create(world.admin, Optional.of("bob")).key().accessKeyId();
        Principal signed = bob.with(Credential.key(key));
        String temporary = world.sessions
                .sessionToken(signed, Optional.empty(), Optional.empty())
                .accessKeyId();

        assertThat(account.ofKey(world.admin, key)).isEqualTo(IamWorld.ACCOUNT);
        assertThat(account.ofKey(world.admin, temporary)).isEqualTo(IamWorld.ACCOUNT);
        IamEntitiesTest.assertCode(() -> account.ofKey(world.admin, "AKIAAAAAAAAAAAAAAAAA"), IamError.VALIDATION_ERROR);
        IamEntitiesTest.assertCode(() -> account.ofKey(bob, key), AccessError.ACCESS_DENIED);
    }

    @Test
    void tellsNothingToWhoMayNotAsk() {
        Principal bob = principal("bob");
        List<Runnable> calls = List.of(
                () -> account.summary(bob),
                () -> account.details(bob, EnumSet.allOf(Part.class), PageRequest.first(1)),
                () -> account.devices(bob, Optional.of("nobody")),
                () -> account.allDevices(bob, PageRequest.first(1)),
                () -> account.deleteDevice(bob, DEVICE),
                () -> account.requireUser(bob, "iam:ListSSHPublicKeys", Optional.of("nobody")));

        calls.forEach(call -> IamEntitiesTest.assertCode(call::run, AccessError.ACCESS_DENIED));
    }

    private Principal principal(String name) {
        var user = world.users.get(world.admin, Optional.of(name));
        return world.names.user(new AccessTables.User(user.id(), user.name(), user.path()));
    }

    private void secondFactor(String name) {
        String userId = principal(name).id();
        world.store.run(connection -> {
            SecondFactorTable.delete(connection, userId);
            SecondFactorTable.insert(connection, userId, new byte[] {1});
            return SecondFactorTable.take(connection, userId, 1);
        });
    }
}
