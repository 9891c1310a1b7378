package org.sallyport.core.session;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionInfo;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.session.DataEnd;

/** A session as it is stored. Times are milliseconds since 1970, but for those of {@link Watch}. */
record SessionRow(
        String id,
        String nodeId,
        String documentName,
        String sessionType,
        boolean separateOutput,
        String ownerId,
        String ownerArn,
        Optional<String> ownerFacts,
        boolean documentNamed,
        Optional<String> reason,
        SessionState state,
        long startedAt,
        OptionalLong connectedAt,
        OptionalLong endedAt,
        Optional<EndCause> cause,
        Optional<String> detail,
        Optional<String> clientId,
        boolean clientAttached,
        boolean nodeAttached,
        boolean nodeDone,
        Optional<EndCause> finishing,
        Optional<String> finishingDetail,
        Watch watch) {

    boolean attached(DataEnd end) {
        return end == DataEnd.CLIENT ? clientAttached : nodeAttached;
    }

    SessionInfo info() {
        return new SessionInfo(
                id,
                nodeId,
                documentName,
                ownerId,
                ownerArn,
                reason,
                state,
                Instant.ofEpochMilli(startedAt),
                endedAt.isPresent() ? Optional.of(Instant.ofEpochMilli(endedAt.getAsLong())) : Optional.empty(),
                cause,
                detail);
    }
}
