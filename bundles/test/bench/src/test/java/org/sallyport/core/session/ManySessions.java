package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionState;
import org.sallyport.core.session.SessionTable.End;
import org.sallyport.kernel.store.Transactions;

/** Fills the history of sessions. It stands in this package to use the bundle's own statements. */
public final class ManySessions {
    /** Who started sessions. */
    public record Owner(String id, String arn, String name) {}

    private static final Duration SPAN = Duration.ofDays(90);
    private static final int LONGEST_SECONDS = 4 * 60 * 60;
    private static final List<EndCause> CAUSES = List.of(
            EndCause.EXITED, EndCause.EXITED, EndCause.EXITED, EndCause.CLIENT, EndCause.IDLE, EndCause.TERMINATED);
    private static final List<String> REASONS =
            List.of("", "deploy", "look at the logs", "CHG-%d", "incident %d: slow answers", "restart of the queue");

    private ManySessions() {}

    /** Adds sessions that are over and have no record, spread over the last 90 days; the same ones for the same seed. */
    public static void add(
            Transactions transactions, int count, List<String> nodes, List<Owner> owners, long seed, Instant now) {
        Random random = new Random(seed);
        SessionTable table = new SessionTable();
        transactions.run(connection -> {
            for (int i = 0; i < count; i++) {
                add(connection, table, one(nodes, random), one(owners, random), random, now);
            }
            return count;
        });
    }

    private static void add(Connection c, SessionTable table, String node, Owner owner, Random random, Instant now)
            throws SQLException {
        byte[] digits = new byte[9];
        random.nextBytes(digits);
        String id = owner.name() + "-" + HexFormat.of().formatHex(digits).substring(0, 17);
        long length = 1_000L * (1 + random.nextInt(LONGEST_SECONDS));
        long started = now.toEpochMilli() - length - (long) (random.nextDouble() * SPAN.toMillis());
        boolean failed = random.nextInt(20) == 0;
        String reason = one(REASONS, random).formatted(random.nextInt(10_000));
        table.insert(
                c,
                new SessionRow(
                        id,
                        node,
                        "SSM-SessionManagerRunShell",
                        "Standard_Stream",
                        false,
                        owner.id(),
                        owner.arn(),
                        Optional.empty(),
                        false,
                        Optional.of(reason).filter(text -> !text.isEmpty()),
                        SessionState.CONNECTING,
                        started,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Watch.begun(started, OptionalLong.empty(), OptionalLong.empty())));
        EndCause cause = failed ? EndCause.NODE_SILENT : one(CAUSES, random);
        boolean moved = table.move(
                c,
                id,
                EnumSet.of(SessionState.CONNECTING),
                failed ? SessionState.FAILED : SessionState.TERMINATED,
                Optional.of(new End(cause, "The session is over.")),
                started + length);
        if (!moved) {
            throw new IllegalStateException("The session " + id + " does not end");
        }
        SessionTable.execute(
                c,
                "UPDATE sessions SET sealed = TRUE, connected_at = ? WHERE id = ?",
                SqlValue.number(failed ? OptionalLong.empty() : OptionalLong.of(started + 200)),
                id);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
