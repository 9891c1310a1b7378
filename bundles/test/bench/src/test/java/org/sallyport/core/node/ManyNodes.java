package org.sallyport.core.node;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.sallyport.api.node.NodeReport;
import org.sallyport.core.node.NodeTable.NewNode;
import org.sallyport.kernel.store.Transactions;

/** Fills the table of nodes with what a company of some size has. It stands in this package to use the bundle's own statements. */
public final class ManyNodes {
    /** A platform as an agent names it. */
    private record Platform(String type, String name, String version) {}

    private static final List<Platform> PLATFORMS = List.of(
            new Platform("Linux", "Ubuntu", "24.04"),
            new Platform("Linux", "Debian GNU/Linux", "12"),
            new Platform("Linux", "Red Hat Enterprise Linux", "9.4"),
            new Platform("Windows", "Microsoft Windows Server 2022 Standard", "10.0.20348"),
            new Platform("MacOS", "macOS", "14.5"));
    private static final List<String> STAGES = List.of("production", "staging", "development", "test");
    private static final List<String> PURPOSES = List.of("web", "api", "db", "cache", "queue", "build");
    private static final List<String> VERSIONS = List.of("0.1.0", "3.3.1611.0", "3.3.987.0");
    private static final int ACTIVATIONS = 8;

    private ManyNodes() {}

    /**
     * Adds nodes, the same ones for the same seed. None of them is connected; nobody has their key.
     *
     * @return their ids
     */
    public static List<String> add(Transactions transactions, int count, long seed, Instant now) {
        Random random = new Random(seed);
        String key = somePublicKey();
        NodeTable table = new NodeTable(transactions);
        return transactions.run(connection -> {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add(add(table, i, key, random, now));
            }
            return ids;
        });
    }

    private static String add(NodeTable table, int number, String key, Random random, Instant now) {
        byte[] digits = new byte[9];
        random.nextBytes(digits);
        String id = "mi-" + HexFormat.of().formatHex(digits).substring(0, 17);
        String stage = one(STAGES, random);
        String purpose = one(PURPOSES, random);
        String name = "%s-%s-%04d".formatted(stage, purpose, number);
        Joined joined = new Joined(
                Joined.BY_ACTIVATION,
                "00000000-0000-4000-8000-%012d".formatted(random.nextInt(ACTIVATIONS)),
                Optional.empty(),
                Optional.empty(),
                "SSMServiceRole",
                false,
                Optional.of(name),
                Map.of("Environment", stage, "Purpose", purpose, "Rack", "r" + random.nextInt(40)),
                false);
        String address = "10.%d.%d.%d".formatted(random.nextInt(16), random.nextInt(256), 1 + random.nextInt(254));
        Platform platform = one(PLATFORMS, random);
        Instant registered = now.minus(Duration.ofMinutes(random.nextInt(400 * 24 * 60)));
        // The way that counts no nodes and asks for no tier.
        if (table.replace(new NewNode(id, joined, key, id, registered, address))) {
            throw new IllegalStateException("There is a node %s already; take another seed".formatted(id));
        }
        table.report(
                id,
                new NodeReport(
                        "amazon-ssm-agent",
                        one(VERSIONS, random),
                        "Active",
                        name + ".example.net",
                        address,
                        platform.type(),
                        platform.name(),
                        platform.version()),
                now.minus(Duration.ofSeconds(random.nextInt(3 * 24 * 60 * 60))));
        return id;
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static String somePublicKey() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(keys.generateKeyPair().getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
