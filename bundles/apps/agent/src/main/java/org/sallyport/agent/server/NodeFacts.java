package org.sallyport.agent.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sallyport.agent.machine.OperatingSystem;

/**
 * What a node tells of itself (node-agent specification, section 4.1).
 *
 * @param platformType {@code Linux}, {@code MacOS} or {@code Windows}
 * @param platformName of the distribution or edition, for instance {@code Debian GNU/Linux}
 * @param ipAddress first address that is not a loopback one, empty for none
 */
public record NodeFacts(
        String agentName,
        String agentVersion,
        String platformType,
        String platformName,
        String platformVersion,
        String computerName,
        String ipAddress) {
    private static final String NAME = "sallyport-agent";
    private static final int MAX_TEXT = 255;
    private static final int MAX_FILE = 64 * 1024;

    /** Looks again each time, as host names and addresses change. Does not ask the network on Linux and Windows. */
    public static NodeFacts gather(String agentVersion) {
        OperatingSystem system = OperatingSystem.current();
        Map<String, String> release = system == OperatingSystem.LINUX ? release(Path.of("/etc/os-release")) : Map.of();
        return new NodeFacts(
                NAME,
                agentVersion,
                system.platformType(),
                bounded(release.getOrDefault("NAME", System.getProperty("os.name", ""))),
                bounded(release.getOrDefault("VERSION_ID", System.getProperty("os.version", ""))),
                bounded(system == OperatingSystem.LINUX ? hostName() : namedHost(System.getenv())),
                address());
    }

    /** Lines {@code KEY=value} of os-release(5), quotes removed. */
    static Map<String, String> release(Path file) {
        Map<String, String> values = new TreeMap<>();
        for (String line : read(file).lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip().replaceAll("^[\"']|[\"']$", ""));
            }
        }
        return values;
    }

    private static String hostName() {
        String kernel = read(Path.of("/proc/sys/kernel/hostname")).strip();
        return kernel.isEmpty() ? "localhost" : kernel;
    }

    /** Windows has it in the environment; elsewhere Java asks the system, and names it even where it has no address. */
    static String namedHost(Map<String, String> environment) {
        String named = environment.get("COMPUTERNAME");
        if (named != null && !named.isBlank()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String address() {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            Optional<InetAddress> first = interfaces
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .min(Comparator.comparingInt(address -> address.getAddress().length));
            return first.map(InetAddress::getHostAddress)
                    .map(text -> text.replaceAll("%.*", ""))
                    .orElse("");
        } catch (SocketException e) {
            return "";
        }
    }

    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Not every system has it; the fact is then unknown, which is no fault.
            return "";
        }
    }

    private static String bounded(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "");
        return plain.length() > MAX_TEXT ? plain.substring(0, MAX_TEXT) : plain;
    }
}
