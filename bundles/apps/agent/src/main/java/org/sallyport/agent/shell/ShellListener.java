package org.sallyport.agent.shell;

/** Call-backs of one shell, from its own threads, which they may block: that is how reading of the terminal is held back. */
public interface ShellListener {
    /**
     * Output of the terminal, in order.
     *
     * @param buffer valid until return
     * @param length bytes of it
     * @throws InterruptedException when it waited and the shell was told to end
     */
    void output(byte[] buffer, int length) throws InterruptedException;

    /** Input was taken: there is room again after {@link Shell#write} refused. */
    void inputTaken();

    /** Last call: the program and all of its kernel session are gone, and all output was handed over. */
    void ended();
}
