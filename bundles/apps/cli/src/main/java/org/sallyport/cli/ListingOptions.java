package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.cli.listing.JsonDocument;
import org.sallyport.cli.listing.Pages;
import org.sallyport.cli.listing.Table;
import org.sallyport.cli.terminal.PlainText;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every listing shares: its form, and how much of it. */
final class ListingOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--max-items",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "At most so many, 5 or more; default ${DEFAULT-VALUE}. Where it goes on is said on standard error.")
    private int most;

    @Option(
            names = "--starting-token",
            paramLabel = "TOKEN",
            description = "Goes on where an earlier listing with the same filters stopped.")
    private String from;

    /** Reads and prints. */
    void list(ServiceClient client, Pages pages, ObjectNode request, Table table) throws IOException {
        CommandLine line = spec.commandLine();
        if (most < Pages.LEAST) {
            throw new ParameterException(line, "--max-items must be %d or more".formatted(Pages.LEAST));
        }
        Pages.Found found = pages.read(client, request, Optional.ofNullable(from), most);
        print(found.items(), table, line.getOut());
        found.next().ifPresent(token -> line.getErr()
                .println("There are more; go on with --starting-token " + PlainText.of(token)));
    }

    /** For one more name of an option. */
    void asJson() {
        output.form = OutputOption.Form.json;
    }

    private void print(List<JsonNode> items, Table table, PrintWriter out) throws IOException {
        if (output.json()) {
            JsonDocument.print(items, out);
        } else {
            table.print(items, out);
        }
    }
}
