package org.sallyport.agent.identity;

import java.io.IOException;
import java.util.function.UnaryOperator;

/** Keeps what a running agent learns about its registration. Any thread; changes go one after the other. */
public interface IdentityKeeper {

    /**
     * Applies a change to what is kept, and has it on the disk when it returns.
     *
     * @throws IOException nothing was changed: the disk is full, or the registration is gone
     */
    void change(UnaryOperator<Identity> change) throws IOException;
}
