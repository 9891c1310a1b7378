package org.sallyport.core.relay;

import java.util.Optional;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.Kind;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;
import org.sallyport.kernel.session.SessionChannels.Attachment;
import org.sallyport.kernel.session.SessionChannels.OpenRequest;

/**
 * What a data channel's first message asks for, on a call thread: its token is taken, once; then the session's journal is opened, if the session
 * is not here yet. Both services may be away in between: then it is run again and goes on where it was.
 */
final class Opening implements Runnable {
    /** What becomes of it; called on the call thread. */
    interface Sessions {
        Optional<PairedSession> find(String sessionId);

        /** Nobody else opens the same session meanwhile: calls of one session run one after the other. */
        PairedSession add(Attachment first, OpenJournal journal);

        /** What its client reads of a session that has ended just now. */
        Optional<String> endText(String sessionId);

        void attach(PairedSession session, DataChannel channel, Attachment attachment);
    }

    private final DataChannel channel;
    private final OpenRequest request;
    private final Neighbours neighbours;
    private final SessionReports reports;
    private final Sessions sessions;
    private final ChannelAudit audit;
    private Attachment attachment;
    private boolean told;

    Opening(
            DataChannel channel,
            OpenRequest request,
            Neighbours neighbours,
            SessionReports reports,
            Sessions sessions) {
        this.channel = channel;
        this.request = request;
        this.neighbours = neighbours;
        this.reports = reports;
        this.sessions = sessions;
        this.audit = new ChannelAudit(neighbours);
    }

    @Override
    public void run() {
        try {
            if (attachment == null) {
                attachment = neighbours.sessions().attach(request);
            }
            if (!told) {
                audit.attaches(request, attachment, channel.origin());
                told = true;
            }
            PairedSession session = sessions.find(attachment.sessionId())
                    .orElseGet(() -> sessions.add(attachment, new OpenJournal(attachment.sessionId(), neighbours)));
            sessions.attach(session, channel, attachment);
        } catch (SallyportException e) {
            if (e.code() == CommonError.SERVICE_AWAY) {
                throw e;
            }
            refuse(e);
        }
    }

    private void refuse(SallyportException e) {
        audit.refused(request, channel.origin(), e);
        if (attachment == null) {
            boolean over = e.code() == SessionError.SESSION_OVER;
            channel.refuse(over ? sessions.endText(request.sessionId()).orElse(e.getMessage()) : e.getMessage());
            return;
        }
        String text = e.code().kind() == Kind.ABSENT
                ? "Session %s has no record and cannot go on without. Start a new session."
                        .formatted(attachment.sessionId())
                : e.getMessage();
        reports.recordingFailed(attachment.sessionId(), text);
        channel.refuse(sessions.endText(attachment.sessionId()).orElse(text));
    }
}
