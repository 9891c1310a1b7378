package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;

/** What callers are told when a journal cannot be had. */
final class JournalErrors {
    private JournalErrors() {}

    static SallyportException away() {
        return new SallyportException(
                CommonError.SERVICE_AWAY, "Recording is not there at the moment. Try again in a few seconds.");
    }

    static SallyportException impossible(String sessionId, IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return new SallyportException(
                    CommonError.SERVICE_AWAY,
                    "The thread that wanted the journal of session %s is ending. Try again.".formatted(sessionId),
                    e);
        }
        return new SallyportException(
                SessionError.RECORDING_IMPOSSIBLE,
                "The journal of session %s cannot be kept: %s. Free space in the data folder, or look at its disk."
                        .formatted(sessionId, text(e)),
                e);
    }

    /** Some exceptions say nothing, those about files only which. */
    static String text(IOException e) {
        boolean alone = e.getMessage() == null || e instanceof FileSystemException f && f.getReason() == null;
        return alone ? e.toString() : e.getMessage();
    }
}
