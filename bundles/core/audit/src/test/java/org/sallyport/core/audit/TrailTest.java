package org.sallyport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditError;
import org.sallyport.api.audit.EventType;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;
import org.sallyport.api.error.SallyportException;
import org.sallyport.test.contract.TinyDisk;

class TrailTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LONG = "x".repeat(2_000);

    @TempDir
    Path data;

    private Path folder() {
        return data.resolve("audit");
    }

    @Test
    void goesOnAfterARestartAndSealsItsFiles() throws Exception {
        for (int life = 0; life < 3; life++) {
            try (World world = new World(folder(), 4_000)) {
                world.append(20);
            }
        }

        assertThat(World.verify(folder()).problem()).isEmpty();
        List<Path> files = World.files(folder());
        assertThat(files).hasSizeGreaterThan(5);
        for (Path sealed : files.subList(0, files.size() - 1)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sealed)))
                    .isEqualTo("r--------");
        }
        assertThat(events("StartSession")).hasSize(60);
    }

    @Test
    void aMissingFileIsFoundWhicheverItIs() throws Exception {
        try (World world = new World(folder(), 2_000)) {
            world.append(20);
        }
        List<Path> files = World.files(folder());
        for (Path file : files) {
            Path away = data.resolve("away");
            Files.move(file, away);

            assertThat(World.verify(folder()).problem())
                    .as("without %s", file.getFileName())
                    .isPresent();

            Files.move(away, file);
        }
        assertThat(World.verify(folder()).problem()).isEmpty();
    }

    @Test
    void anUnfinishedRecordIsCutOffAndTold() throws Exception {
        try (World world = new World(folder())) {
            world.append(3);
        }
        Files.writeString(last(), "{\"sequence\":5,\"prev", StandardOpenOption.APPEND);
        assertThat(World.verify(folder()).problem()).isEmpty();
        assertThat(World.verify(folder()).tornBytes()).isEqualTo(19);

        try (World world = new World(folder())) {
            world.append(1);
        }

        assertThat(World.verify(folder()).problem()).isEmpty();
        assertThat(events("UnfinishedRecordCut")
                        .get(0)
                        .at("/requestParameters/bytes")
                        .asInt())
                .isEqualTo(19);
    }

    @Test
    void aCutTrailIsToldAndGoesOnInAnotherFile() throws Exception {
        try (World world = new World(folder())) {
            world.append(5);
        }
        List<String> lines = Files.readAllLines(last());
        Files.writeString(last(), String.join("\n", lines.subList(0, 4)) + "\n");

        try (World world = new World(folder())) {
            world.append(1);
            assertThat(world.writer.meters().damages.sum()).isEqualTo(1);
        }

        assertThat(World.files(folder())).hasSize(2);
        assertThat(events("TrailDamaged").get(0).at("/requestParameters/found").asText())
                .contains("records 5 to 6 are missing");
        assertThat(World.verify(folder()).problem().orElseThrow().record()).isEqualTo(5);
    }

    @Test
    void whatBeganAndWasNotAnsweredHasAnUnknownOutcomeAfterARestart() throws Exception {
        try (World world = new World(folder())) {
            AuditCall call = begun(world, Weight.CHANGES);
            assertThat(lines("begun")).hasSize(1);
            call.close();
        }

        new World(folder()).close();

        JsonNode outcome = events("StartSession").get(0);
        assertThat(outcome.path("errorCode").asText()).isEqualTo("OutcomeUnknown");
        assertThat(outcome.at("/requestParameters/target").asText()).isEqualTo("mi-1");
        assertThat(World.verify(folder()).problem()).isEmpty();

        new World(folder()).close();
        assertThat(events("StartSession")).hasSize(1);
    }

    @Test
    void whatBeganInTheFileBeforeTheLastOneIsAnsweredToo() throws Exception {
        for (boolean answered : new boolean[] {true, false}) {
            Path folder = data.resolve("answered-" + answered);
            try (World world = new World(folder, 1)) {
                AuditCall call = begun(world, Weight.CHANGES);
                if (answered) {
                    call.answered(Optional.empty(), Map.of());
                }
                call.close();
            }
            // each write is a file of its own: the call began in one and its answer, where there is one, is in the next
            new World(folder, 1).close();
            new World(folder, 1).close();

            List<JsonNode> outcomes = events(folder, "StartSession");
            assertThat(outcomes).hasSize(1);
            assertThat(outcomes.get(0).path("errorCode").asText()).isEqualTo(answered ? "" : "OutcomeUnknown");
            assertThat(World.verify(folder).problem()).isEmpty();
        }
    }

    @Test
    void aFileThatWasOnlyBegunLeadsBackToTheOneBefore() throws Exception {
        try (World world = new World(folder(), 1)) {
            begun(world, Weight.CHANGES).close();
        }
        long next = World.files(folder()).size() + 1L;
        Files.writeString(folder().resolve("audit-%08d.jsonl".formatted(next)), "{\"sequence\":");

        new World(folder(), 1).close();

        assertThat(events("StartSession")).hasSize(1);
        assertThat(events("StartSession").get(0).path("errorCode").asText()).isEqualTo("OutcomeUnknown");
        assertThat(World.verify(folder()).problem()).isEmpty();
    }

    @Test
    void withoutAFolderChangesAreRefusedAndItGoesOnOnceThereIsOne() throws Exception {
        Files.createFile(folder());
        try (World world = new World(folder())) {
            assertThatThrownBy(() -> begun(world, Weight.CHANGES))
                    .isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                            .isEqualTo(AuditError.AUDIT_UNAVAILABLE));
            Files.delete(folder());
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> world.append(1));
        }
        assertThat(World.verify(folder()).problem()).isEmpty();
    }

    @Test
    void onAFullDiskChangesAreRefusedReadingsAreCountedAndItGoesOnLater() throws Exception {
        TinyDisk disk = TinyDisk.mount(data.resolve("disk"));
        Path folder = data.resolve("disk").resolve("audit");
        try {
            try (World world = new World(folder)) {
                world.append(3);
                disk.fill();

                assertThatThrownBy(() -> fill(world)).isInstanceOf(SallyportException.class);
                assertThatThrownBy(() -> fillTheRest(world)).isInstanceOf(SallyportException.class);
                world.writer.recorder().append(World.event("DescribeSessions", Map.of("Token", "x", "Reason", LONG)));
                assertThat(world.writer.troubled()).isTrue();
                assertThat(world.writer.meters().withheld.sum()).isEqualTo(2);
                assertThat(world.writer.meters().lost.sum()).isEqualTo(1);

                disk.free();
                world.append(1);
            }
            assertThat(World.verify(folder).problem()).isEmpty();
            assertThat(String.join("", World.lines(folder))).contains("\"eventName\":\"RecordsMissing\"");
        } finally {
            disk.unmount();
        }
    }

    /** Appends until the disk is full: the last page of a file has room left. */
    private static void fill(World world) {
        for (int i = 0; i < 100; i++) {
            world.writer.recorder().append(World.event("StartSession", Map.of("Reason", LONG)));
        }
    }

    private void fillTheRest(World world) {
        for (int i = 0; i < 100; i++) {
            begun(world, Weight.CHANGES).close();
        }
    }

    @Test
    void decisionsStandWithTheCallAndADenialWithoutOneByItself() throws Exception {
        AccessRequest asked =
                new AccessRequest(World.ALICE, "ssm:StartSession", "arn:aws:ssm:r:1:managed-instance/mi-1");
        try (World world = new World(folder())) {
            try (AuditCall call = begun(world, Weight.CHANGES)) {
                world.writer.recorder().decided(asked, false);
                call.answered(Optional.of(new Failure("AccessDeniedException", "no")), Map.of());
            }
            world.writer.recorder().decided(new AccessRequest(World.ALICE, "ssm:ResumeSession", "arn:x"), false);
            world.writer.recorder().decided(new AccessRequest(World.ALICE, "ssm:ResumeSession", "arn:y"), true);
        }

        JsonNode denied = events("StartSession").get(0);
        assertThat(denied.at("/additionalEventData/decisions/0/outcome").asText())
                .isEqualTo("Deny");
        assertThat(denied.at("/resources/0/ARN").asText()).isEqualTo(asked.resource());
        assertThat(events("ResumeSession")).hasSize(1);
        assertThat(events("ResumeSession").get(0).path("errorCode").asText()).isEqualTo("AccessDenied");
    }

    @Test
    void strangersCannotFillTheDisk() throws Exception {
        try (World world = new World(folder())) {
            for (int i = 0; i < 3 * StrangerLimit.BURST; i++) {
                try (AuditCall call = world.writer.recorder().open(subject(), World.ORIGIN)) {
                    call.by(Actor.named("nobody"));
                    call.answered(Optional.of(new Failure("UnrecognizedClientException", "no")), Map.of());
                }
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> !events("StrangersRefused").isEmpty());
        }
        assertThat(events("StartSession").size()).isBetween(StrangerLimit.BURST, 2 * StrangerLimit.BURST);
        long told = events("StrangersRefused").stream()
                .mapToLong(e -> e.at("/requestParameters/count").asLong())
                .sum();
        assertThat(told + events("StartSession").size()).isEqualTo(3L * StrangerLimit.BURST);
    }

    @Test
    void manyCallersShareTheWaitForTheDisk() throws Exception {
        try (World world = new World(folder())) {
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                callers.add(CompletableFuture.runAsync(() -> world.append(50)));
            }
            callers.forEach(CompletableFuture::join);
        }
        assertThat(World.verify(folder()).problem()).isEmpty();
        assertThat(events("StartSession")).hasSize(800);
    }

    @Test
    void oldFilesAreRemovedAndTheTrailSaysSo() throws Exception {
        try (World world = new World(folder(), 2_000)) {
            world.append(20);
            int before = World.files(folder()).size();
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3));
            new Keeper(world.writer, Optional::empty, () -> 2, "head", later).retire();
            assertThat(World.files(folder()).size()).isLessThan(before).isPositive();
        }
        assertThat(World.verify(folder()).problem()).isEmpty();
        assertThat(World.verify(folder()).first()).isGreaterThan(1);
    }

    @Test
    void theLargestRecordFitsIntoALine() throws Exception {
        String wild = "\u0001".repeat(5_000);
        Map<String, Object> parameters = new HashMap<>();
        for (int i = 0; i < 90; i++) {
            parameters.put("name" + i, "€".repeat(100));
        }
        try (World world = new World(folder());
                AuditCall call = world.writer.recorder().open(subject(), new Origin(wild, wild, "r"))) {
            call.about(new Subject(EventType.API_CALL, "ssm.amazonaws.com", wild), Weight.CHANGES);
            call.by(Actor.of(World.ALICE, wild));
            List<String> arns = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                arns.add(i + wild);
                world.writer.recorder().decided(new AccessRequest(World.ALICE, i + wild, wild), false);
            }
            call.begins(parameters, arns);
            call.answered(Optional.of(new Failure(wild, wild)), parameters);
        }
        assertThat(World.verify(folder()).problem()).isEmpty();
        assertThat(lines("event")).hasSize(1);
    }

    @Test
    void aRecordHasCloudTrailsMembers() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        try (World world = new World(folder())) {
            world.append(1);
        }
        JsonNode event = events("StartSession").get(0);
        assertThat(event.fieldNames())
                .toIterable()
                .contains(
                        "eventVersion",
                        "userIdentity",
                        "eventTime",
                        "eventSource",
                        "eventName",
                        "awsRegion",
                        "sourceIPAddress",
                        "userAgent",
                        "requestParameters",
                        "responseElements",
                        "requestID",
                        "eventID",
                        "readOnly",
                        "eventType",
                        "recipientAccountId");
        assertThat(event.at("/userIdentity/type").asText()).isEqualTo("IAMUser");
        assertThat(event.at("/userIdentity/accessKeyId").asText()).isEqualTo("AKIAEXAMPLE");
        assertThat(Instant.parse(event.path("eventTime").asText())).isBetween(before, Instant.now());
    }

    private AuditCall begun(World world, Weight weight) {
        AuditCall call = world.writer.recorder().open(subject(), World.ORIGIN);
        call.about(subject(), weight);
        call.by(Actor.of(World.ALICE, "AKIAEXAMPLE"));
        call.begins(Map.of("Target", "mi-1"), List.of());
        return call;
    }

    private static Subject subject() {
        return new Subject(EventType.API_CALL, "ssm.amazonaws.com", "StartSession");
    }

    private Path last() throws IOException {
        List<Path> files = World.files(folder());
        return files.get(files.size() - 1);
    }

    private List<JsonNode> lines(String kind) throws IOException {
        return lines(folder(), kind);
    }

    private static List<JsonNode> lines(Path folder, String kind) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : World.lines(folder)) {
            JsonNode read = JSON.readTree(line);
            if (read.path("kind").asText().equals(kind)) {
                records.add(read.path("record"));
            }
        }
        return records;
    }

    private List<JsonNode> events(String name) throws IOException {
        return events(folder(), name);
    }

    private static List<JsonNode> events(Path folder, String name) throws IOException {
        return lines(folder, "event").stream()
                .filter(e -> e.path("eventName").asText().equals(name))
                .toList();
    }
}
