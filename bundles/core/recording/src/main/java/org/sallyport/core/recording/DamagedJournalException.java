package org.sallyport.core.recording;

import java.io.IOException;

/** A journal that is not what was written; the text says which record and where. */
final class DamagedJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedJournalException(String message) {
        super(message);
    }
}
