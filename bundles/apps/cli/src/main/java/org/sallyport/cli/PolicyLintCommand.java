package org.sallyport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sallyport.adapter.policy.iam.document.MalformedPolicyException;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.adapter.policy.iam.lint.Linter;
import org.sallyport.cli.terminal.PlainText;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Known mistakes and roads to more rights in one policy document; the rules are those of the server's policy adapter. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Looks for known mistakes in a policy document, and for roads to more rights than it says, without a server. It knows no other"
                    + " document and takes a Deny for nothing, so what it finds is a question and no verdict.",
            "Exit status: 0 nothing found, 1 something found, or no policy."
        })
final class PolicyLintCommand implements Callable<Integer> {
    /** As much as the server takes. */
    private static final int MOST_BYTES = 131_072;

    /** What a document is for. */
    enum Kind {
        identity,
        trust
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The document, JSON in UTF-8.")
    private Path file;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "identity",
            description =
                    "What it is for: identity (of users, groups and roles), or trust (of a role); default identity.")
    private Kind kind;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Policy policy = Policy.parse(kind == Kind.trust ? PolicyKind.TRUST : PolicyKind.INPUT, document());
            List<PolicyFinding> findings = Linter.lint(policy);
            findings.forEach(finding -> tell(finding, out));
            out.println(findings.isEmpty() ? "Nothing found." : "Found: " + findings.size() + ".");
            out.flush();
            return findings.isEmpty() ? 0 : 1;
        } catch (MalformedPolicyException e) {
            out.println("No policy: " + PlainText.of(e.getMessage() + " " + e.detail()));
            out.flush();
            return 1;
        }
    }

    private static void tell(PolicyFinding finding, PrintWriter out) {
        String sid = finding.sid().isEmpty() ? "" : " (" + PlainText.of(finding.sid()) + ")";
        out.printf(
                "%s %s, statement %d%s: %s%n",
                finding.severity(), finding.rule(), finding.statement() + 1, sid, PlainText.of(finding.text()));
    }

    private String document() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IOException(file + " has more than " + MOST_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8", e);
        }
    }
}
