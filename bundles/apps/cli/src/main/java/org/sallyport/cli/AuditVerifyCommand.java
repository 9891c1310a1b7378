package org.sallyport.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sallyport.cli.audit.TrailFiles;
import org.sallyport.cli.terminal.PlainText;
import org.sallyport.protocol.audit.TrailHead;
import org.sallyport.protocol.audit.TrailVerification;
import org.sallyport.protocol.audit.TrailVerification.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies the files of an audit trail, without a server. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies the files of an audit trail, without a server: each record is as it was written, none is missing and none was added."
                    + " Names the first bad one.",
            "Exit status: 0 sound, 1 not sound or not readable."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description = "The folder of the trail (audit/ in the server's data folder, or a copy), or one file of it.")
    private Path path;

    @Option(
            names = "--head",
            paramLabel = "SEQUENCE:HASH",
            description =
                    "How far the trail reached at some time, as an earlier run printed it and somebody kept it elsewhere.")
    private String head;

    @Override
    public Integer call() throws IOException {
        List<TrailHead> heads = new ArrayList<>();
        if (head != null) {
            heads.add(TrailHead.parse(head)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "--head must be a number, a colon and 64 hexadecimal digits")));
        }
        TrailFiles files = TrailFiles.at(path);
        files.head().ifPresent(heads::add);
        Verdict verdict = TrailVerification.verify(files.sources(), heads);
        PrintWriter out = spec.commandLine().getOut();
        if (verdict.problem().isPresent()) {
            tell(verdict.problem().get(), verdict, out);
            return 1;
        }
        out.printf(
                "Sound: records %d to %d in %d files.%n",
                verdict.first(), verdict.last().sequence(), files.sources().size());
        out.println("Head: " + verdict.last());
        if (verdict.tornBytes() > 0) {
            out.printf(
                    "The last %d bytes are an unfinished record, which is being written or was when the server was killed.%n",
                    verdict.tornBytes());
        }
        note(heads, out);
        out.flush();
        return 0;
    }

    private static void tell(TrailVerification.Problem problem, Verdict verdict, PrintWriter out) {
        out.printf(
                "Not sound: record %d, file %s, byte %d: %s.%n",
                problem.record(),
                problem.file().isEmpty() ? "-" : PlainText.of(problem.file()),
                problem.offset(),
                PlainText.of(problem.what()));
        out.println("Sound up to: " + verdict.last());
        out.flush();
    }

    private static void note(List<TrailHead> heads, PrintWriter out) {
        Optional<TrailHead> any = heads.stream().findFirst();
        if (any.isEmpty()) {
            out.println(
                    "Nothing says how far the trail reached (no file head, no --head), so records may be missing at its end.");
        }
    }
}
