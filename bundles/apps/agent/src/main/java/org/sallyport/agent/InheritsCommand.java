package org.sallyport.agent;

import java.util.concurrent.Callable;
import org.sallyport.agent.succession.Estate;
import org.sallyport.agent.succession.Successor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code inherits}: how an agent asks the one that shall follow it in the same process. */
@Command(
        name = Successor.ASKED,
        hidden = true,
        description = "Exit status 0 when this agent goes on with sessions that were left in this format.")
final class InheritsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FORMAT", description = "A number.")
    private int format;

    @Override
    public Integer call() {
        return format == Estate.FORMAT ? 0 : 1;
    }
}
