package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import org.sallyport.kernel.store.Sql;

/** The number that grows with each change of what decisions follow from. Each method joins the transaction of its connection. */
final class Versions {
    private Versions() {}

    static long now(Connection connection) throws SQLException {
        return Sql.number(connection, "SELECT version FROM access_version WHERE id = 1");
    }

    /** Must be the first statement of a change: from here on this transaction alone changes anything, so what it counts stays. */
    static void change(Connection connection) throws SQLException {
        Sql.update(connection, "UPDATE access_version SET version = version + 1 WHERE id = 1");
    }
}
