package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.test.database.PostgresServer;
import org.sallyport.test.database.TestDatabase;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** The assembled server on PostgreSQL, which is killed and comes back while somebody works in a shell. */
@Tag("long")
class PostgresIT {
    private static final long RECOVERY_SECONDS = 60;

    @Test
    void aShellSurvivesTheLossOfTheDatabaseAndNewSessionsAreRefusedUntilItIsBack() throws Exception {
        Path data = LiveSystem.work("postgresql-" + System.nanoTime());
        try (PostgresServer database = PostgresServer.startDurable()) {
            Path etc = configured(data.resolve("etc"), TestDatabase.on(database));
            try (LiveSystem live = LiveSystem.startWith(Map.of("SALLYPORT_ETC", etc.toString()), data);
                    PtyProgram shell = PtyProgram.shell(live);
                    SsmClient ssm = Clients.ssm(live)) {
                shell.awaitText("$");
                shell.type("kept=from-before; echo first-$((40+2))\r");
                shell.awaitText("first-42");
                String id = CommandLineIT.sessionId(shell);
                assertThat(data.resolve("server/store")).doesNotExist();

                NodeRefusalsIT.exactlyTheLimitComesIn(live);

                database.kill();
                shell.type("echo away-$((100+1))-$kept\r");
                shell.awaitText("away-101-from-before");
                assertRefused(live, ssm);
                shell.type("echo still-$((100+2))-$kept\r");
                shell.awaitText("still-102-from-before");

                database.start();
                Awaitility.await("a new session")
                        .atMost(RECOVERY_SECONDS, TimeUnit.SECONDS)
                        .ignoreExceptionsInstanceOf(SsmException.class)
                        .untilAsserted(() -> assertThat(ssm.startSession(r -> r.target(live.nodeId()))
                                        .sessionId())
                                .isNotEmpty());
                assertNewShellWorks(live);
                shell.type("echo back-$((100+3))-$kept\r");
                shell.awaitText("back-103-from-before");

                shell.type("exit\r");
                assertThat(shell.exitStatus()).as(shell.screen()).isZero();
                assertThat(CommandLineIT.ended(live, id).details()).contains("EXITED");
            }
        }
    }

    private static void assertRefused(LiveSystem live, SsmClient ssm) {
        assertThat(catchThrowableOfType(SsmException.class, () -> ssm.startSession(r -> r.target(live.nodeId()))))
                .satisfies(e -> {
                    assertThat(e.statusCode()).isEqualTo(503);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailable");
                    assertThat(e.getMessage()).contains("database");
                });
    }

    private static void assertNewShellWorks(LiveSystem live) throws Exception {
        try (PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            shell.type("echo new-$((6*7))\r");
            shell.awaitText("new-42");
            shell.type("exit\r");
            assertThat(shell.exitStatus()).as(shell.screen()).isZero();
        }
    }

    /** The shipped configuration, but for the store. */
    private static Path configured(Path etc, TestDatabase database) throws IOException {
        Files.createDirectories(etc);
        try (Stream<Path> shipped = Files.list(LiveSystem.program("server/etc"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, etc.resolve(file.getFileName()));
            }
        }
        Path secret = etc.resolve("store-password");
        Files.writeString(secret, database.password() + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                etc.resolve("org.sallyport.core.store.cfg"),
                """
                url = %s
                user = %s
                password.file = %s
                """
                        .formatted(database.url(), database.user(), secret));
        return etc;
    }
}
