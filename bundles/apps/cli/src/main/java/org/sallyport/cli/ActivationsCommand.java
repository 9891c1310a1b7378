package org.sallyport.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.cli.listing.Pages;
import org.sallyport.cli.listing.Table;
import org.sallyport.cli.terminal.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Hybrid activations: what a machine needs to become a managed node. */
@Command(
        name = "activations",
        mixinStandardHelpOptions = true,
        description = "Lists, makes and deletes activations, with which machines become managed nodes.",
        subcommands = {ActivationsCommand.ListAll.class, CreateActivationCommand.class, ActivationsCommand.Delete.class
        })
final class ActivationsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "One of list, create, delete is needed");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the activations, without their codes.")
    static final class ListAll implements Callable<Integer> {
        private static final Pages PAGES = new Pages("AmazonSSM.DescribeActivations", "ActivationList", 50);

        @Mixin
        private ConnectionOptions connection;

        @Mixin
        private ListingOptions listing;

        @Override
        public Integer call() throws IOException {
            try (ServiceClient client = new ServiceClient(connection.resolve())) {
                listing.list(
                        client,
                        PAGES,
                        JsonNodeFactory.instance.objectNode(),
                        new Table()
                                .text("ACTIVATION", "ActivationId")
                                .text("NAME", "DefaultInstanceName")
                                .text("ROLE", "IamRole")
                                .column(
                                        "USED",
                                        one -> one.path("RegistrationsCount").asText("0") + "/"
                                                + one.path("RegistrationLimit").asText("1"))
                                .time("EXPIRES", "ExpirationDate")
                                .column("EXPIRED", one -> one.path("Expired").asBoolean() ? "yes" : "no")
                                .text("DESCRIPTION", "Description"));
            }
            return 0;
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes an activation. Nodes that joined with it stay.")
    static final class Delete implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ConnectionOptions connection;

        @Option(names = "--activation-id", required = true, paramLabel = "ID", description = "As the list shows it.")
        private String id;

        @Override
        public Integer call() throws IOException {
            try (ServiceClient client = new ServiceClient(connection.resolve())) {
                client.call(
                        "AmazonSSM.DeleteActivation",
                        JsonNodeFactory.instance.objectNode().put("ActivationId", id));
            }
            spec.commandLine().getErr().println("Activation " + PlainText.of(id) + " was deleted.");
            return 0;
        }
    }
}
