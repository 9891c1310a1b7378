package org.sallyport.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.identity.IdentityStore;
import org.sallyport.agent.machine.PrivateFiles;
import org.sallyport.agent.server.NodeApi;
import org.sallyport.agent.server.ServerProbe;
import org.sallyport.agent.shell.Account;
import org.sallyport.agent.shell.NativeLibraries;
import org.sallyport.agent.shell.ShellAccount;
import org.sallyport.agent.shell.TerminalTest;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.sigv4.SigningCredentials;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: what a session needs, a line each. Changes nothing but that it may make the account of the shells. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks files, disk, proxy, names, authorities, server, clock, registration, terminals and accounts, and says what to do;"
                    + " exit status 1 when something is wrong.",
            "It sees the proxy of its own environment, not that of the service."
        })
final class CheckCommand implements Callable<Integer> {
    /** Throws with a text for people when it fails; returns what was found. */
    private interface Step {
        String run() throws Exception;
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataFolder data;

    private boolean failed;

    @Override
    public Integer call() {
        IdentityStore store = data.identities();
        Identity[] found = new Identity[1];
        step("registration file", () -> {
            found[0] = store.load().orElseThrow(() -> new IOException(store.file() + " is missing; use register"));
            return "%s, %s, %s".formatted(store.file(), found[0].nodeId(), PrivateFiles.describe());
        });
        step("disk space", () -> MachineChecks.diskSpace(data.path()));
        if (found[0] != null) {
            server(found[0]);
        }
        step("runs as", MachineChecks::account);
        step("terminal", () -> {
            NativeLibraries.unpackInto(nativesOrTemporary(found[0] != null));
            TerminalTest.run();
            return "a pseudo-terminal can be opened";
        });
        step("shell account", () -> {
            ShellAccount accounts = ShellAccount.ofThisMachine();
            Account account = accounts.resolve();
            return "%s%s: %s"
                    .formatted(
                            account.name(),
                            account.uid() < 0 ? "" : " (uid %d)".formatted(account.uid()),
                            String.join(" ", accounts.command(account)));
        });
        return failed ? 1 : 0;
    }

    private void server(Identity identity) {
        List<String> ca = List.of(identity.caPem());
        ProxySettings[] proxy = {ProxySettings.direct()};
        step("proxy", () -> {
            proxy[0] = ProxySettings.fromEnvironment(System.getenv());
            return MachineChecks.proxy(identity.url(), proxy[0]);
        });
        step("name", () -> MachineChecks.name(identity.url(), proxy[0]));
        step("authorities", () -> MachineChecks.authorities(identity.caPem(), Instant.now()));
        step("server", () -> ServerProbe.reach(identity.url(), ca).describe());
        step("channel port", () -> ServerProbe.reach(identity.channelUrl(), ca).describe());
        step("clock", () -> ServerProbe.reach(identity.url(), ca).requireClock());
        step("registration valid", () -> {
            try (NodeApi api = new NodeApi(identity, CheckCommand::none)) {
                return "role credentials until " + credentials(api, identity).expires();
            } catch (ServiceException e) {
                throw new IOException(
                        "the server does not know this node with this key (%s); if it was deregistered, register --replace"
                                .formatted(e),
                        e);
            }
        });
    }

    /** With the key that the server knows; changes none, as an agent may be running. */
    private static NodeApi.RoleToken credentials(NodeApi api, Identity identity) throws IOException {
        try {
            return api.requestRoleToken();
        } catch (ServiceException e) {
            if (identity.nextKey().isEmpty()) {
                throw e;
            }
            return api.requestRoleToken(identity.nextKey().get());
        }
    }

    private Path nativesOrTemporary(boolean registered) throws IOException {
        return registered ? data.natives() : Files.createTempDirectory("sallyport-agent-check");
    }

    private static SigningCredentials none() {
        throw new IllegalStateException("the check signs with the node's key only");
    }

    private void step(String name, Step step) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.printf("ok    %-20s %s%n", name, step.run());
        } catch (Exception e) {
            failed = true;
            out.printf("FAIL  %-20s %s%n", name, e.getMessage() == null ? e.toString() : e.getMessage());
        }
        out.flush();
    }
}
