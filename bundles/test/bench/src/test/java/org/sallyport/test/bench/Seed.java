package org.sallyport.test.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.node.ManyNodes;
import org.sallyport.core.session.ManySessions;
import org.sallyport.core.session.ManySessions.Owner;
import org.sallyport.core.store.ConnectionPool;
import org.sallyport.core.store.JdbcTransactions;
import org.sallyport.core.store.StoreSettings;
import org.sallyport.kernel.store.Transactions;

/**
 * Puts managed nodes and past sessions into the embedded store of a server that has run once, so that its schema is there, and is stopped
 * now. For benchmarks, and to see what the lists of a busy server look like. Another run adds others.
 */
final class Seed {
    private static final String ACCOUNT = "000000000000";
    private static final List<String> COLLEAGUES =
            List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi");

    /**
     * @param data the data folder of the server, the one with {@code store/}
     */
    record Plan(Path data, int nodes, int sessions, long seed) {}

    private Seed() {}

    static void run(Plan plan) {
        if (!Files.isDirectory(plan.data().resolve("store"))) {
            throw new IllegalArgumentException(
                    plan.data() + " is no data folder of a server: start the server on it once and stop it");
        }
        ConnectionPool pool = ConnectionPool.open(StoreSettings.embedded(plan.data()));
        try {
            Transactions transactions = new JdbcTransactions(pool);
            Instant now = Instant.now();
            List<String> nodes = ManyNodes.add(transactions, plan.nodes(), plan.seed(), now);
            ManySessions.add(transactions, plan.sessions(), nodes, owners(transactions), plan.seed(), now);
        } finally {
            pool.close();
        }
    }

    /** The first administrator, so that some of the sessions are those of the person who looks, and others. */
    private static List<Owner> owners(Transactions transactions) {
        List<Owner> owners = new ArrayList<>();
        owners.add(transactions.run(connection -> {
            try (PreparedStatement users =
                            connection.prepareStatement("SELECT id, name, path FROM access_users ORDER BY created_at");
                    ResultSet user = users.executeQuery()) {
                if (!user.next()) {
                    throw new IllegalArgumentException("The server has no user yet: start it once more");
                }
                return owner(user.getString("id"), user.getString("path") + user.getString("name"));
            }
        }));
        COLLEAGUES.forEach(name -> owners.add(owner("AIDA" + name.toUpperCase(java.util.Locale.ROOT), "/" + name)));
        return owners;
    }

    private static Owner owner(String id, String path) {
        return new Owner(id, "arn:aws:iam::" + ACCOUNT + ":user" + path, path.substring(path.lastIndexOf('/') + 1));
    }

    /** {@code --data DIR [--nodes N] [--sessions N] [--seed N]}. */
    static Plan plan(List<String> words) {
        Path data = null;
        int nodes = 1_000;
        int sessions = 10_000;
        long seed = 1;
        for (int i = 0; i < words.size(); i += 2) {
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException(words.get(i) + " needs a value");
            }
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "--data" -> data = Path.of(value).toAbsolutePath();
                case "--nodes" -> nodes = Integer.parseInt(value);
                case "--sessions" -> sessions = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException("There is no option " + words.get(i));
            }
        }
        if (data == null || nodes < 1 || sessions < 0) {
            throw new IllegalArgumentException("seed needs --data DIR, at least one node, and no negative numbers");
        }
        return new Plan(data, nodes, sessions, seed);
    }
}
