package org.sallyport.agent.shell;

/** Call-backs of one shell, from its own threads. */
public interface ShellListener {
    /**
     * Returns when there is room for one more output. The shell's thread may be blocked here: that is how reading of the terminal is held back.
     *
     * @throws InterruptedException when it waited and the shell was told to end
     */
    void awaitRoom() throws InterruptedException;

    /**
     * Output of the terminal, in order, one after each {@link #awaitRoom}. Must not block.
     *
     * @param buffer valid until return
     * @param length bytes of it
     */
    void output(byte[] buffer, int length);

    /** Input was taken: there is room again after {@link Shell#write} refused. */
    void inputTaken();

    /** Last call: the program and all of its kernel session are gone, and all output was handed over. */
    void ended();
}
