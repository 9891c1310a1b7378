package org.sallyport.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sallyport.agent.control.Agent;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.identity.IdentityStore;
import org.sallyport.agent.machine.OperatingSystem;
import org.sallyport.agent.session.SessionLimits;
import org.sallyport.agent.shell.Leftovers;
import org.sallyport.agent.shell.NativeLibraries;
import org.sallyport.agent.shell.ShellAccount;
import org.sallyport.agent.shell.ShellException;
import org.sallyport.agent.shell.TerminalTest;
import org.sallyport.agent.succession.Estate;
import org.sallyport.agent.succession.ReplaceSignal;
import org.sallyport.agent.succession.Successor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: in the foreground, until a signal ends it. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the agent in the foreground; SIGTERM and Ctrl-C end it and all of its sessions.")
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private static final CountDownLatch STOP = new CountDownLatch(1);

    @Mixin
    private DataFolder data;

    @Option(
            names = "--max-sessions",
            defaultValue = "50",
            paramLabel = "N",
            description = "Most sessions at a time; default ${DEFAULT-VALUE}.")
    private int maxSessions;

    @Option(
            names = "--resume-limit",
            defaultValue = "15",
            paramLabel = "MINUTES",
            description = "How long a session outlives the loss of its channel; default ${DEFAULT-VALUE}.")
    private int resumeLimit;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's API, when it moved since the registration.")
    private URI url;

    @Option(
            names = "--channel-url",
            paramLabel = "URL",
            description = "The server's channel port, when it moved since the registration.")
    private URI channelUrl;

    @Override
    public Integer call() throws IOException, InterruptedException {
        IdentityStore identities = data.identities();
        Identity registered = identities
                .load()
                .orElseThrow(() -> new IOException(
                        "This machine is not registered (no %s); use register first".formatted(identities.file())));
        Identity identity = registered.at(
                url == null ? registered.url() : url, channelUrl == null ? registered.channelUrl() : channelUrl);
        SessionLimits usual = SessionLimits.DEFAULT;
        SessionLimits limits = new SessionLimits(
                maxSessions, Duration.ofMinutes(resumeLimit), usual.size(), usual.flush(), usual.grace());
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        try (FileChannel lock = lockFile(data.path(), log)) {
            requireAlone(lock);
            openLog(log);
            log.info("Agent {} starts as {}", AgentVersion.current(), identity);
            warmUp(log);
            Optional<Estate> inherited = inherited(log);
            Leftovers leftovers = OperatingSystem.current() == OperatingSystem.LINUX
                    ? Leftovers.in(data.path().resolve("shells"))
                    : Leftovers.none();
            Leftovers.Left left = leftovers.clean(
                    limits.grace(), inherited.map(Estate::shells).orElse(Set.of()));
            if (!left.sessions().isEmpty()) {
                log.warn(
                        "The agent of before was killed under {} sessions; {} of their shells had left processes",
                        left.sessions().size(),
                        left.shells().size());
            }
            Agent agent = new Agent(
                    identity, AgentVersion.current(), limits, ShellAccount.ofThisMachine(), identities, leftovers);
            inherited.ifPresent(agent::inherit);
            left.sessions().forEach(agent::lost);
            runUntilStopped(
                    agent, Successor.of(spec.commandLine().getParseResult().originalArgs()));
            return 0;
        }
    }

    /** A full disk must not keep anybody from getting in to clear it: the log goes to standard error then. */
    private void openLog(Logger log) {
        try {
            LogFile.open(data.path().resolve("log"));
        } catch (IOException e) {
            log.error("No log file: {}; the log is on standard error alone", e.toString());
        }
    }

    /** The first terminal loads native code, which shall not cost the first session its time. */
    private void warmUp(Logger log) {
        try {
            NativeLibraries.unpackInto(data.natives());
            TerminalTest.run();
        } catch (IOException | ShellException e) {
            log.error("Sessions of this node will fail: {}", e.getMessage(), e);
        }
    }

    /** What the agent left that this process was before; a disaster for its sessions is none for the node. */
    private static Optional<Estate> inherited(Logger log) {
        try {
            return Estate.inherited(System.getenv());
        } catch (IOException | RuntimeException e) {
            log.error("The sessions of the agent of before are lost: {}", e.toString());
            return Optional.empty();
        }
    }

    /** Ends the agent of this process, as a signal does; for a manager of services that has none. Does not wait for it. */
    static void stop() {
        STOP.countDown();
    }

    private static void runUntilStopped(Agent agent, Optional<Successor> successor) throws InterruptedException {
        AtomicBoolean ending = new AtomicBoolean();
        Runnable end = () -> {
            if (ending.compareAndSet(false, true)) {
                agent.close();
            }
        };
        Thread hook = new Thread(
                () -> {
                    end.run();
                    stop();
                },
                "sallyport-agent-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        agent.start();
        if (OperatingSystem.current() != OperatingSystem.WINDOWS) {
            ReplaceSignal.on(() -> agent.replace(successor));
        }
        STOP.await();
        end.run();
    }

    /** Null when the disk has no room for one that is not there yet. */
    private static FileChannel lockFile(Path folder, Logger log) {
        try {
            return FileChannel.open(folder.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            log.error("No lock, so a second agent with this folder would not be noticed: {}", e.toString());
            return null;
        }
    }

    /** The lock goes with the open file, thus with this process however it ends. */
    private static void requireAlone(FileChannel lockFile) throws IOException {
        if (lockFile != null && lockFile.tryLock() == null) {
            throw new IOException("Another agent runs with this folder; stop it or use another --data");
        }
    }
}
