package org.sallyport.front.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.channel.testing.TestApi;
import org.sallyport.channel.testing.TestCa;

/** The line as a shell runs it, with the machine's own openssl and curl, against servers that are right and servers that are not. */
class LineTest {
    private static final String SCRIPT = "echo ran \"$@\"; cat; touch \"$MARK\"\n";
    private static final String HASH = Sha256.of(SCRIPT.getBytes(StandardCharsets.US_ASCII));

    private final TestCa ca = new TestCa("Authority");
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private Path temporary;
    private Path mark;

    private record Ran(int status, String text) {}

    @BeforeEach
    void makeFolders() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        mark = folder.resolve("mark");
    }

    @Test
    void aServerThatIsRightGivesTheScriptWhichGetsTheArgumentsAndTheInput() throws Exception {
        Ran ran = run(ca.serverContext("localhost"), SCRIPT, ca.fingerprint(), "--id", "an-id");

        assertThat(ran.text())
                .contains("--ca-fingerprint " + ca.fingerprint() + " --ca-file " + temporary)
                .endsWith("--id an-id\nthe code\n");
        assertThat(ran.status()).isZero();
        assertThat(mark).exists();
        assertNothingIsKept();
    }

    @Test
    void aChangedScriptIsNotRun() throws Exception {
        Ran ran = run(ca.serverContext("localhost"), SCRIPT + "#", ca.fingerprint());

        assertRefused(ran, "is not " + HASH);
    }

    @Test
    void anotherFingerprintIsRefusedBeforeAnythingIsAskedFor() throws Exception {
        Ran ran = run(ca.serverContext("localhost"), SCRIPT, new TestCa("Another").fingerprint());

        assertRefused(ran, "does not show the certificate authority");
        assertThat(requests).isEmpty();
    }

    @Test
    void whoStandsBetweenWithAnotherAuthorityIsRefused() throws Exception {
        Ran ran = run(new TestCa("Attacker").serverContext("localhost"), SCRIPT, ca.fingerprint());

        assertRefused(ran, "does not show the certificate authority");
        assertThat(requests).isEmpty();
    }

    @Test
    void whoShowsTheRightAuthorityBesideAnotherLeafIsRefused() throws Exception {
        TestCa attacker = new TestCa("Attacker");
        Ran ran = run(
                attacker.serverContext("localhost", attacker.certificate(), ca.certificate()),
                SCRIPT,
                ca.fingerprint());

        assertRefused(ran, "cannot be fetched");
        assertThat(requests).isEmpty();
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        assertRefused(run(ca.serverContext("elsewhere.example"), SCRIPT, ca.fingerprint()), "cannot be fetched");
    }

    @Test
    void theLeafIsNoAuthorityEvenWhenItsFingerprintIsGiven() throws Exception {
        TestCa alone = new TestCa("Alone");

        assertRefused(
                run(ca.serverContext("localhost", alone.certificate()), SCRIPT, alone.fingerprint()),
                "cannot be fetched");
    }

    @Test
    void anAuthorityFromAFileStillNeedsTheFingerprint() throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), ca.pem());

        assertThat(runWith(pem, ca.serverContext("localhost", new TestCa("x").certificate()), SCRIPT, ca.fingerprint())
                        .status())
                .isZero();
        Files.delete(mark);
        assertRefused(
                runWith(pem, ca.serverContext("localhost"), SCRIPT, new TestCa("Another").fingerprint()),
                "does not show");
    }

    private void assertRefused(Ran ran, String cause) throws IOException {
        assertThat(ran.text()).contains(cause).contains("nothing was run").doesNotContain("ran ");
        assertThat(ran.status()).isNotZero();
        assertThat(mark).doesNotExist();
        assertNothingIsKept();
    }

    private void assertNothingIsKept() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    private Ran run(SSLContext server, String script, String fingerprint, String... arguments) throws Exception {
        return runWith(null, server, script, fingerprint, arguments);
    }

    private Ran runWith(Path caFile, SSLContext server, String script, String fingerprint, String... arguments)
            throws Exception {
        try (TestApi api = new TestApi(server, exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            TestApi.answer(exchange, 200, script);
        })) {
            String line = "sh -c '%s' enrol %s %s %s %s"
                    .formatted(Script.line(), api.uri("localhost"), fingerprint, HASH, String.join(" ", arguments));
            Path out = Files.createTempFile(folder, "out", "");
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", line)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().put("TMPDIR", temporary.toString());
            builder.environment().put("MARK", mark.toString());
            if (caFile != null) {
                builder.environment().put("SALLYPORT_CA_FILE", caFile.toString());
            }
            Process process = builder.start();
            process.getOutputStream().write("the code\n".getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ran(process.exitValue(), Files.readString(out));
        }
    }
}
