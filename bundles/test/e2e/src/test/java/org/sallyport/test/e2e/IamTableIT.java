package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Each operation of IAM and STS that is served, and each error that AWS's model names for it: provoked on a real server, or listed in
 * {@code iam-errors-elsewhere.txt} with the place where it is or the reason why it cannot be. An error that is neither fails this.
 */
@ExtendWith(LiveSystemExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class IamTableIT {
    private static final int MOST_GROUPS = 300;
    private static final Path SOURCES = Path.of(System.getProperty("sallyport.sources"));

    /** Lists that never have a second page. */
    private static final Set<String> EMPTY = Set.of(
            "ListAccountAliases",
            "ListMFADevices",
            "ListServerCertificates",
            "ListSigningCertificates",
            "ListSSHPublicKeys");

    private final ServedOperations iam = ServedOperations.of("iam");
    private final ServedOperations sts = ServedOperations.of("sts");
    private IamTableWorld world;

    @BeforeAll
    void make(LiveSystem live) throws Exception {
        world = new IamTableWorld(live);
    }

    @AfterAll
    void unmake() {
        world.close();
    }

    @Test
    void eachErrorOfTheModelIsProvokedOrCannotBe() {
        Map<String, String> wrong = new TreeMap<>();
        Set<String> provoked = new TreeSet<>();
        world.cases(iam).forEach(one -> {
            String outcome = world.administrator().outcome(one.operation(), one.members());
            provoked.add(one.operation() + " " + one.code());
            if (!outcome.equals(one.code())) {
                wrong.put(one.operation() + " " + one.code() + " with " + one.members(), outcome);
            }
        });
        world.tokenCases().forEach(one -> {
            String outcome = world.tokens().outcome(one.operation(), one.members());
            provoked.add(one.operation() + " " + one.code());
            if (!outcome.equals(one.code())) {
                wrong.put(one.operation() + " " + one.code() + " with " + one.members(), outcome);
            }
        });
        provoked.add("CreateGroup LimitExceeded");
        int most = world.fillGroups();
        if (most != MOST_GROUPS) {
            wrong.put("CreateGroup LimitExceeded", "after " + most);
        }
        assertThat(wrong).as("what was wanted, and what came").isEmpty();

        Set<String> named = new TreeSet<>();
        Stream.of(iam, sts).forEach(served -> served.names()
                .forEach(name -> served.errors(name).forEach(code -> named.add(name + " " + code))));
        Set<String> untested = new TreeSet<>(named);
        untested.removeAll(provoked);
        ErrorsElsewhere elsewhere = ErrorsElsewhere.read();
        assertThat(untested.stream().filter(pair -> !elsewhere.has(pair)))
                .as("errors without a test and without a reason")
                .isEmpty();
        assertThat(provoked.stream().filter(elsewhere::has))
                .as("reasons that do not hold")
                .isEmpty();
        elsewhere.check(untested, SOURCES.resolve("../../../..").normalize());
    }

    @Test
    void whoHasNoRightIsDeniedEachOfThem() {
        Map<String, String> wrong = new TreeMap<>();
        for (String name : iam.names()) {
            String outcome = world.stranger().outcome(name, world.absent(iam, name));
            if (!outcome.equals("AccessDenied")) {
                wrong.put(name, outcome);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatBreaksTheModelIsRefusedByEachOfThem() {
        Map<String, String> wrong = new TreeMap<>();
        List<String> checked = new ArrayList<>();
        for (String name : iam.names()) {
            for (String member : iam.members(name).keySet()) {
                Object broken = IamTableWorld.BROKEN.get(member);
                boolean page = member.equals("Marker");
                if (broken != null && !(page && EMPTY.contains(name))) {
                    // a marker is looked at where the list begins, after what it is the list of
                    Map<String, Object> one = new HashMap<>(page ? world.present(iam, name) : world.absent(iam, name));
                    one.put(member, broken);
                    checked.add(name);
                    String outcome = world.administrator().outcome(name, one);
                    if (!outcome.equals("ValidationError")) {
                        wrong.put(name + " " + member, outcome);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(Set.copyOf(checked)).hasSizeGreaterThan(90);
    }

    @Test
    void pagesOfOneGiveWhatOnePageGives() {
        int several = 0;
        for (String name : iam.names()) {
            if (!iam.members(name).containsKey("Marker")) {
                continue;
            }
            Map<String, Object> members = world.present(iam, name);
            Map<String, List<Object>> whole = lists(world.administrator().call(name, members));
            Map<String, List<Object>> parts = new TreeMap<>();
            int pages = 0;
            Map<String, Object> next = new HashMap<>(members);
            next.put("MaxItems", 1);
            for (boolean more = true; more; pages++) {
                SdkPojo page = world.administrator().call(name, next);
                lists(page).forEach((list, items) -> parts.computeIfAbsent(list, unused -> new ArrayList<>())
                        .addAll(items));
                Object marker = member(page, "Marker");
                assertThat(member(page, "IsTruncated")).as(name).isEqualTo(marker != null);
                next.put("Marker", marker);
                more = marker != null;
            }
            assertThat(parts).as(name).isEqualTo(whole);
            several += pages > 1 ? 1 : 0;
        }
        assertThat(several).as("lists that had more than one page").isGreaterThan(15);
    }

    private static Map<String, List<Object>> lists(SdkPojo answer) {
        Map<String, List<Object>> lists = new TreeMap<>();
        for (SdkField<?> field : answer.sdkFields()) {
            if (field.getValueOrDefault(answer) instanceof List<?> items) {
                lists.put(field.memberName(), new ArrayList<>(items));
            }
        }
        return lists;
    }

    private static Object member(SdkPojo answer, String name) {
        return answer.sdkFields().stream()
                .filter(field -> field.memberName().equals(name))
                .findFirst()
                .map(field -> (Object) field.getValueOrDefault(answer))
                .orElse(null);
    }

    @Test
    void whatThereNeverIsIsAnEmptyList(LiveSystem live) {
        try (IamClient client = Clients.iam(live);
                StsClient tokens = Clients.sts(live)) {
            assertThat(client.listSAMLProviders().samlProviderList()).isEmpty();
            assertThat(client.listServerCertificates().serverCertificateMetadataList())
                    .isEmpty();
            assertThat(tokens.getCallerIdentity().account()).isEqualTo(live.get("accountId"));
        }
    }

    @Test
    void aSecondFactorIsADeviceUntilItIsDeactivated(LiveSystem live) throws Exception {
        try (IamClient client = Clients.iam(live)) {
            client.createUser(r -> r.userName("it-device"));
            client.createLoginProfile(r -> r.userName("it-device").password("correct horse battery"));
            String serial = IamTableWorld.enrol(live, "it-device", "correct horse battery");

            assertThat(client.listMFADevices(r -> r.userName("it-device")).mfaDevices())
                    .singleElement()
                    .satisfies(device -> assertThat(device.serialNumber()).isEqualTo(serial));
            client.deactivateMFADevice(r -> r.userName("it-device").serialNumber(serial));
            assertThatThrownBy(() -> client.deleteVirtualMFADevice(r -> r.serialNumber(serial)))
                    .isInstanceOf(NoSuchEntityException.class);
            client.deleteLoginProfile(r -> r.userName("it-device"));
            client.deleteUser(r -> r.userName("it-device"));
        }
    }
}
