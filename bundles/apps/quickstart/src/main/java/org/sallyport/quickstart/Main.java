package org.sallyport.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a server with a node on this machine, prints what to type, and goes on until it is stopped. */
@Command(
        name = "distro/run",
        mixinStandardHelpOptions = true,
        description = "Starts a Sallyport server with a node on this machine. Ctrl-C stops both.")
public final class Main implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "Folder for everything this run keeps.")
    private Path data;

    @Option(names = "--default-data", hidden = true)
    private Path defaultData;

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

    /** Exit status 0 after a stop that was asked for, 1 when something failed, 2 for wrong options. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof IOException || failure instanceof ServiceException) {
                        System.err.println("distro/run: " + failure.getMessage());
                        return 1;
                    }
                    throw failure;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        String distribution = System.getenv("SALLYPORT_DISTRIBUTION");
        if (distribution == null) {
            System.err.println("Start this with distro/run, which says where the programs are.");
            return 2;
        }
        Path folder = data != null ? data : defaultData;
        if (folder == null) {
            System.err.println("Name a folder with --data DIR.");
            return 2;
        }
        Layout layout =
                new Layout(Path.of(distribution), folder.toAbsolutePath().normalize());
        Run run = new Run(layout, new Endpoints(region, apiPort, channelPort), !noNode);
        Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "sallyport-quickstart-stop-1"));
        return run.untilStopped();
    }
}
