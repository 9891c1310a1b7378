package org.sallyport.test.chaos;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.test.database.PostgresServer;
import org.sallyport.test.database.TestDatabase;
import org.sallyport.test.e2e.LiveSystem;

/** The storm on each store. On PostgreSQL it also cuts the server off from its database. */
class ChaosIT {
    private final long seconds = Long.getLong("sallyport.chaos.seconds", 60);
    private final long meanMillis = Long.getLong("sallyport.chaos.life", 2_500);
    private final int kills = Integer.getInteger("sallyport.chaos.kills", (int) Math.max(1, seconds / 20));

    @Test
    void nothingIsLostWhileEveryLegIsCutAndTheServerIsKilled() throws Exception {
        CutStorm.Weather weather = new CutStorm.Weather(30, seconds, kills, meanMillis, 12);
        new CutStorm(weather, seed(), Optional.empty()).rage(LiveSystem.work("chaos"));
    }

    @Test
    void norWhileTheDatabaseIsCutOffAsWell() throws Exception {
        long part = Math.max(20, seconds / 3);
        CutStorm.Weather weather = new CutStorm.Weather(10, part, (int) Math.max(1, part / 20), meanMillis, 3);
        try (PostgresServer database = PostgresServer.startDurable()) {
            new CutStorm(weather, seed(), Optional.of(TestDatabase.on(database)))
                    .rage(LiveSystem.work("chaos-postgresql"));
        }
    }

    static long seed() {
        String given = System.getProperty("sallyport.chaos.seed", "");
        return given.isEmpty() ? System.nanoTime() & 0xffffffffL : Long.parseLong(given);
    }
}
