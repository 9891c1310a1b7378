package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.cli.listing.Pages;
import org.sallyport.cli.terminal.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The newest records, as they are: one line of JSON each. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Prints the newest records of the audit trail, the newest last, a line of JSON each.")
final class AuditTailCommand implements Callable<Integer> {
    private static final int REMEMBERED = 10_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private AuditFilters filters;

    @Option(
            names = "-n",
            paramLabel = "N",
            defaultValue = "20",
            description = "So many, 5 or more; default ${DEFAULT-VALUE}.")
    private int most;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what comes, until it is stopped.")
    private boolean follow;

    private final Set<String> seen = new LinkedHashSet<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (most < Pages.LEAST) {
            throw new ParameterException(spec.commandLine(), "-n must be %d or more".formatted(Pages.LEAST));
        }
        try (ServiceClient client = new ServiceClient(connection.resolve())) {
            print(client, most);
            while (follow) {
                TimeUnit.SECONDS.sleep(2);
                print(client, 1_000);
            }
        }
        return 0;
    }

    private void print(ServiceClient client, int atMost) throws IOException {
        ObjectNode request = filters.request();
        List<JsonNode> fresh = new ArrayList<>();
        Optional<String> from = Optional.empty();
        boolean first = seen.isEmpty();
        do {
            Pages.Found page =
                    AuditFilters.PAGES.read(client, request, from, Math.min(50, Math.max(Pages.LEAST, atMost)));
            List<JsonNode> unseen = page.items().stream()
                    .filter(item -> !seen.contains(id(item)))
                    .toList();
            fresh.addAll(unseen);
            // what is older was printed before
            from = unseen.size() == page.items().size() && !first ? page.next() : Optional.empty();
        } while (from.isPresent() && fresh.size() < atMost);
        Collections.reverse(fresh);
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode item : fresh) {
            seen.add(id(item));
            out.println(PlainText.of(item.path("CloudTrailEvent").asText()));
        }
        out.flush();
        while (seen.size() > REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
    }

    private static String id(JsonNode item) {
        return item.path("EventId").asText();
    }
}
