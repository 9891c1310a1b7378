package org.sallyport.agent.shell;

/** A shell cannot be given. The message goes to the person who asked for it: what is wrong and what to do, no secrets. */
public final class ShellException extends Exception {
    private static final long serialVersionUID = 1L;

    public ShellException(String message) {
        super(message);
    }

    public ShellException(String message, Throwable cause) {
        super(message, cause);
    }
}
