package org.sallyport.core.recording;

/**
 * How far a journal is.
 *
 * @param length bytes of all whole records
 * @param chain digest of them
 * @param records how many, the head included
 * @param messages how many of them are messages
 */
record Tip(long length, Chain chain, long records, long messages) {

    /** Of a journal with nothing but the file's header. */
    static Tip start() {
        return new Tip(JournalFormat.FILE_HEADER, Chain.start(), 0, 0);
    }

    Tip next(int bytes, Chain after, boolean message) {
        return new Tip(length + bytes, after, records + 1, messages + (message ? 1 : 0));
    }
}
