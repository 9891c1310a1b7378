package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.cli.listing.JsonDocument;
import org.sallyport.cli.listing.Moments;
import org.sallyport.cli.terminal.PlainText;
import org.sallyport.protocol.enrol.AmazonAgentSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an activation and says what to run on the machine. The code is told once, by the server and so here. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an activation; prints its id, its code and the lines to run on the machine.",
            "The code is shown this once. The agent asks for it: it is never an argument."
        })
final class CreateActivationCommand implements Callable<Integer> {
    private static final String OURS = "sallyport-agent";
    private static final String AMAZON = "amazon-ssm-agent";
    private static final int CHANNEL_PORT = 8444;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--iam-role",
            paramLabel = "NAME",
            defaultValue = "SSMServiceRole",
            description = "The role of the nodes; default ${DEFAULT-VALUE}.")
    private String role;

    @Option(names = "--description", paramLabel = "TEXT", description = "For the people who read the list.")
    private String text;

    @Option(names = "--default-instance-name", paramLabel = "NAME", description = "The name of nodes that join.")
    private String name;

    @Option(
            names = "--registration-limit",
            paramLabel = "N",
            description = "So many machines may join, 1 to 1000; the server's default is 1.")
    private Integer limit;

    @Option(
            names = "--expiration-date",
            paramLabel = "TIME",
            description =
                    "Until then: 2026-01-31, 2026-01-31T08:00:00Z, or from now 90m, 2h, 7d; the server's default is a day.")
    private String expires;

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "A tag of nodes that join; may be repeated.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--channel-url",
            paramLabel = "URL",
            description = "The server's channel port in the printed line, where it is not 8444 on the API's host.")
    private String channels;

    @Option(
            names = "--for",
            paramLabel = "AGENT",
            defaultValue = "sallyport-agent",
            description = {
                "sallyport-agent (default), or amazon-ssm-agent: prints a script instead of the line; it holds that agent's"
                        + " configuration and the server's authority, and registers. Id and code go to standard error."
            })
    private String agent;

    @Override
    public Integer call() throws IOException {
        if (!List.of(OURS, AMAZON).contains(agent)) {
            throw new ParameterException(spec.commandLine(), "--for: expected %s or %s".formatted(OURS, AMAZON));
        }
        ServiceSettings settings = connection.resolve();
        boolean amazon = agent.equals(AMAZON);
        // before anything is made: the code of an activation whose answer fails would be lost
        Optional<AmazonAgentSetup> setup = amazon ? Optional.of(setup(settings)) : Optional.empty();
        JsonNode created;
        Map<String, String> lines;
        try (ServiceClient client = new ServiceClient(settings)) {
            created = client.call("AmazonSSM.CreateActivation", request());
            lines = output.json() || amazon ? Map.of() : EnrolmentLines.of(client);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            JsonDocument.print(created, out);
            return 0;
        }
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter secrets = amazon ? err : out;
        String id = PlainText.of(created.path("ActivationId").asText(""));
        secrets.println("Activation id:   " + id);
        secrets.println("Activation code: "
                + PlainText.of(created.path("ActivationCode").asText("")));
        if (setup.isPresent()) {
            secrets.println();
            out.print(setup.get().script(id));
        } else {
            lines.forEach((platform, prefix) -> {
                out.println();
                out.println(
                        platform.equals(EnrolmentLines.WINDOWS)
                                ? platform + ", in a PowerShell of an administrator:"
                                : platform + ", as root (with sudo before it, where you are not):");
                out.println(prefix + " --id " + id);
            });
            out.println();
            out.println(lines.isEmpty() ? "Where the agent is installed:" : "Where the agent is installed already:");
            out.println(line(settings, id));
        }
        out.flush();
        err.println("Run the %s on the machine and type the code when it asks; the code is not shown again."
                .formatted(amazon ? "script" : "line"));
        return 0;
    }

    private AmazonAgentSetup setup(ServiceSettings settings) {
        try {
            URI api = settings.endpoint();
            URI channel = channels == null
                    ? URI.create("https://" + api.getHost() + ":" + CHANNEL_PORT)
                    : URI.create("https://" + URI.create(channels).getRawAuthority());
            return new AmazonAgentSetup(
                    api, channel, settings.region(), settings.trust().pems());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "No script for " + AMAZON + ": " + e.getMessage(), e);
        }
    }

    private ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("IamRole", role);
        if (text != null) {
            request.put("Description", text);
        }
        if (name != null) {
            request.put("DefaultInstanceName", name);
        }
        if (limit != null) {
            request.put("RegistrationLimit", limit);
        }
        if (expires != null) {
            request.put("ExpirationDate", moment().getEpochSecond());
        }
        if (!tags.isEmpty()) {
            ArrayNode list = request.putArray("Tags");
            tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        }
        return request;
    }

    private Instant moment() {
        try {
            return Moments.after(Instant.now(), ZoneId.systemDefault(), expires);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--expiration-date: " + e.getMessage(), e);
        }
    }

    private String line(ServiceSettings settings, String id) {
        List<String> pinned = settings.trust().fingerprints();
        String fingerprint = pinned.size() == 1 ? pinned.get(0) : "<fingerprint of the server's authority>";
        return "sallyport-agent register --url %s%s --region %s --ca-fingerprint %s --id %s"
                .formatted(
                        settings.endpoint(),
                        channels == null ? "" : " --channel-url " + channels,
                        settings.region(),
                        fingerprint,
                        id);
    }
}
