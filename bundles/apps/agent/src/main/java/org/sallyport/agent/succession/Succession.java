package org.sallyport.agent.succession;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.sallyport.agent.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps from one agent to the next in the same process. Until the last one all can be taken back.
 *
 * @param version of this agent
 * @param reports those that wait
 * @param quiet lets no more orders come
 * @param loud takes that back
 */
public record Succession(
        String version, Sessions sessions, Supplier<List<byte[]>> reports, Quiet quiet, Runnable loud) {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    /** May wait. */
    public interface Quiet {
        void await() throws InterruptedException;
    }

    /**
     * Returns only by its failure; then all goes on as before.
     *
     * @throws IOException the successor is not able, or does not start
     * @throws IllegalStateException a session does not come to rest
     */
    public void to(Successor successor) throws IOException, InterruptedException {
        successor.requireAble();
        try {
            quiet.await();
            Sessions.AllFrozen frozen = sessions.freeze();
            try {
                LOG.info(
                        "Becomes {} with {} sessions",
                        successor.program(),
                        frozen.sessions().size());
                successor.becomeIt(new Estate(Estate.FORMAT, version, frozen.sessions(), frozen.over(), reports.get()));
            } finally {
                frozen.thaw().run();
            }
        } finally {
            loud.run();
        }
    }
}
