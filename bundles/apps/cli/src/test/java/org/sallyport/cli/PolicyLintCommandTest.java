package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Policy documents are looked at without a server. */
class PolicyLintCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void roadsToMoreRightsAreNamedWithTheirStatement() throws IOException {
        String document =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:Describe*","Resource":"*"},
                {"Sid":"Keys","Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"*"}]}""";

        assertThat(lint(document)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("HIGH ESCALATION_BY_USER, statement 2 (Keys): Allows iam:CreateAccessKey on any user")
                .endsWith("Found: 1.%n".formatted());
    }

    @Test
    void nothingIsFoundInAPolicyThatSaysWhatItMeans() throws IOException {
        String document =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:CreateAccessKey",
                "Resource":"arn:aws:iam::123456789012:user/robots/ci"}]}""";

        assertThat(lint(document)).isZero();
        assertThat(out.toString()).isEqualTo("Nothing found.%n".formatted());
    }

    @Test
    void aTrustPolicyIsAnotherKind() throws IOException {
        String document =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}]}""";

        assertThat(lint(document, "--kind", "trust")).isEqualTo(1);
        assertThat(out.toString()).contains("TRUST_EVERYBODY");
        assertThat(lint(document)).isEqualTo(1);
        assertThat(out.toString()).contains("No policy: ");
        assertThat(lint(document, "--kind", "boundary")).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        assertThat(lint("{\"Statement\":\u0007")).isEqualTo(1);
        assertThat(out.toString()).contains("No policy: ").doesNotContain("\u0007");
        assertThat(lint(" ".repeat(131_073))).isEqualTo(1);
        assertThat(err.toString()).contains("more than 131072 bytes");
        Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe4});
        assertThat(run("policy", "lint", folder.resolve("latin").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is not UTF-8");
        assertThat(run("policy", "lint", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(run("policy")).isEqualTo(2);
    }

    private int lint(String document, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.json"), document);
        String[] arguments = new String[3 + more.length];
        arguments[0] = "policy";
        arguments[1] = "lint";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return run(arguments);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine line = Main.commandLine(
                new Surroundings(Map.of("HOME", folder.toString()), new ByteArrayInputStream(new byte[0])), arguments);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
