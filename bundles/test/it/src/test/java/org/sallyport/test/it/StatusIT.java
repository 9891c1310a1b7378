package org.sallyport.test.it;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.condition.Condition;

/** What the status socket says while bundles stop and adapters are swapped. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class StatusIT {
    private static final String TRANSPORT = "org.sallyport.adapter.transport.mina";
    private static final long WAIT_SECONDS = 60;

    @Inject
    private BundleContext context;

    @Inject
    @Filter("(osgi.condition.id=sallyport.ready)")
    private Condition ready;

    @Configuration
    public Option[] server() throws Exception {
        Option[] options = AssembledServer.options("status");
        NextVersions.renumbered(
                AssembledServer.shipped(TRANSPORT),
                AssembledServer.work("status").resolve("next"),
                TRANSPORT);
        return options;
    }

    @Test
    public void aComponentThatLosesWhatItNeedsIsNamedWithTheServiceAndGoneWhenItIsBack() throws Exception {
        await("a healthy server", () -> ask().contains("\\\"healthy\\\":true"));
        Bundle edge = bundle("org.sallyport.core.edge");

        edge.stop();

        await("the stopped bundle and who misses it", () -> {
            String status = ask();
            return status.contains("\"exit\":1")
                    && status.contains("the part api is away")
                    && status.contains("no service org.sallyport.api.edge.ServerAddress");
        });

        edge.start();
        await("a healthy server again", () -> ask().contains("\\\"healthy\\\":true"));
    }

    @Test
    public void aSwappedAdapterShowsItsNewVersion() throws Exception {
        Path plugins = Path.of(System.getProperty("sallyport.plugins"));
        String name = TRANSPORT + "-" + NextVersions.VERSION + ".jar";
        Path hidden = plugins.resolve("." + name);
        Files.copy(plugins.resolveSibling("next").resolve(name), hidden, StandardCopyOption.REPLACE_EXISTING);
        Files.move(hidden, plugins.resolve(name), StandardCopyOption.ATOMIC_MOVE);

        await("the new version", () -> {
            String status = ask();
            return status.contains("\\\"symbolicName\\\":\\\"%s\\\",\\\"version\\\":\\\"%s\\\""
                    .formatted(TRANSPORT, NextVersions.VERSION));
        });
        Files.delete(plugins.resolve(name));
        await("the shipped one and a healthy server", () -> ask().contains("\\\"healthy\\\":true"));
    }

    /** The answer as it comes over the socket: JSON within a text of JSON. */
    private static String ask() throws IOException {
        Path socket = Path.of(System.getProperty("sallyport.data"), "run", "status.sock");
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap("{\"ask\":\"status\",\"as\":\"json\"}\n".getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException e) {
                last = e;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertTrue("the status socket answers: " + last, last == null);
        throw new AssertionError("waited in vain for: " + what + "; last: " + ask());
    }
}
