package org.sallyport.core.session;

import java.util.OptionalLong;

/**
 * What a session's limits are measured by; all in milliseconds of serving time ({@link Times}) but {@code typedSeen}.
 *
 * @param begunAt when it was started
 * @param idle longest time without typing; empty for no limit
 * @param duration longest time from the start; empty for no limit
 * @param typedAt when something was typed last, or when it was connected first; empty before
 * @param typedSeen what the relay said when {@code typedAt} was noted
 * @param nodeChanged when the node's end came or went last
 * @param awayTold whether the person was told that the node is away
 */
record Watch(
        long begunAt,
        OptionalLong idle,
        OptionalLong duration,
        OptionalLong typedAt,
        OptionalLong typedSeen,
        long nodeChanged,
        boolean awayTold) {

    static Watch begun(long now, OptionalLong idle, OptionalLong duration) {
        return new Watch(now, idle, duration, OptionalLong.empty(), OptionalLong.empty(), now, false);
    }
}
