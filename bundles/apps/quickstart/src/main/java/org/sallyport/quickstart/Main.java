package org.sallyport.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.sallyport.channel.api.ServiceException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a server with a node on this machine, prints what to type, and goes on until it is stopped. */
@Command(
        name = "distro/run",
        mixinStandardHelpOptions = true,
        description = "Starts a Sallyport server with a node on this machine. Ctrl-C stops both.")
public final class Main implements Callable<Integer> {
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,63}");

    /** The server knows better what is a name; this keeps together what is given to it as one word. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}|[0-9A-Fa-f:.]{2,45}");

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder for everything this run keeps.")
    private Path data;

    @Option(names = "--default-data", hidden = true)
    private Path defaultData;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description =
                    "Name or address by which other machines reach this one (default: ${DEFAULT-VALUE}, for this machine alone).")
    private String host = Endpoints.OWN_MACHINE;

    @Option(names = "--api-port", paramLabel = "N", description = "Port of the API (default: ${DEFAULT-VALUE}).")
    private int apiPort = 8443;

    @Option(
            names = "--channel-port",
            paramLabel = "N",
            description = "Port of the channels (default: ${DEFAULT-VALUE}).")
    private int channelPort = 8444;

    @Option(names = "--no-node", description = "Do not make this machine a managed node.")
    private boolean noNode;

    @Option(names = "--region", paramLabel = "NAME", description = "Region name (default: ${DEFAULT-VALUE}).")
    private String region = "onprem-1";

    private Main(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Exit status 1 when something failed, 2 for wrong options; a stop that was asked for has the signal's. */
    public static void main(String[] args) {
        System.exit(commandLine(System.getenv()).execute(args));
    }

    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new Main(environment)).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof IOException || failure instanceof ServiceException) {
                command.getErr().println("distro/run: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
    }

    @Override
    public Integer call() throws Exception {
        String distribution = environment.get("SALLYPORT_DISTRIBUTION");
        Path folder = data != null ? data : defaultData;
        require(distribution != null, "Start this with distro/run, which says where the programs are");
        require(folder != null, "Name a folder with --data DIR");
        require(HOST.matcher(host).matches(), "--host takes a name or an address, without a port");
        require(isPort(apiPort) && isPort(channelPort), "A port is a number from 1 to 65535");
        require(apiPort != channelPort, "API and channels need a port each; both are " + apiPort);
        require(REGION.matcher(region).matches(), "A region has 1 to 63 letters, digits and hyphens");
        Layout layout =
                new Layout(Path.of(distribution), folder.toAbsolutePath().normalize());
        Run run = new Run(layout, new Endpoints(region, host, apiPort, channelPort), !noNode);
        Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "sallyport-quickstart-stop-1"));
        return run.untilStopped();
    }

    private void require(boolean met, String otherwise) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }
}
