package org.sallyport.core.session;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A value of a statement that may be absent. It names its type, since databases differ in what they make of a null without one.
 *
 * @param type of {@link Types}
 */
record SqlValue(Object value, int type) {

    static SqlValue text(Optional<String> value) {
        return new SqlValue(value.orElse(null), Types.VARCHAR);
    }

    /** A number or a time in milliseconds. */
    static SqlValue number(Optional<Long> value) {
        return new SqlValue(value.orElse(null), Types.BIGINT);
    }

    static SqlValue number(OptionalLong value) {
        return new SqlValue(value.isPresent() ? value.getAsLong() : null, Types.BIGINT);
    }

    /** @param value of any type that JDBC knows, or one of this class; not null */
    static void set(PreparedStatement s, int index, Object value) throws SQLException {
        if (value instanceof SqlValue typed) {
            if (typed.value == null) {
                s.setNull(index, typed.type);
            } else {
                s.setObject(index, typed.value);
            }
        } else {
            s.setObject(index, value);
        }
    }
}
