package org.sallyport.adapter.transport.mina;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.transport.ChannelEndpoint;
import org.sallyport.api.transport.ChannelEndpoint.Answer;
import org.sallyport.api.transport.ConnectionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the endpoint on a worker. Each answer comes on the network thread as a task of its own, those of the transport itself too, so that
 * no number of requests in one packet makes a deep stack.
 */
final class EndpointCalls {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointCalls.class);

    private final Supplier<ChannelEndpoint> current;
    private final Executor workers;
    private final Executor network;

    EndpointCalls(Supplier<ChannelEndpoint> current, Executor workers, Executor network) {
        this.current = current;
        this.workers = workers;
        this.network = network;
    }

    /** @param id of the connection, for the log */
    void request(String id, WireRequest request, Consumer<Answer> answered) {
        ask(endpoint -> answer(endpoint, id, request), Function.identity(), answered);
    }

    /** As {@link #request}; either of the two is called. */
    void upgrade(String id, WireRequest request, Consumer<ConnectionHandler> accepted, Consumer<Answer> refused) {
        ask(endpoint -> decision(endpoint, id, request), ChannelEndpoint.Upgrade::refuse, decision -> decision.handler()
                .ifPresentOrElse(
                        accepted,
                        () -> refused.accept(decision.refusal().orElseGet(() -> HttpAnswer.text(403, "refused")))));
    }

    private <T> void ask(Function<ChannelEndpoint, T> question, Function<Answer, T> unasked, Consumer<T> onNetwork) {
        ChannelEndpoint endpoint = current.get();
        if (endpoint == null) {
            tell(unasked.apply(HttpAnswer.text(503, "the server is being updated; try again")), onNetwork);
            return;
        }
        try {
            workers.execute(() -> tell(question.apply(endpoint), onNetwork));
        } catch (RejectedExecutionException e) {
            tell(unasked.apply(HttpAnswer.text(503, "the server is busy; try again")), onNetwork);
        }
    }

    private <T> void tell(T outcome, Consumer<T> onNetwork) {
        network.execute(() -> onNetwork.accept(outcome));
    }

    private static Answer answer(ChannelEndpoint endpoint, String id, WireRequest request) {
        try {
            return endpoint.request(request);
        } catch (RuntimeException e) {
            LOG.error("Request {} of connection {} failed", request.rawPath(), id, e);
            return failed(id);
        }
    }

    private static ChannelEndpoint.Upgrade decision(ChannelEndpoint endpoint, String id, WireRequest request) {
        try {
            return endpoint.upgrade(request);
        } catch (RuntimeException e) {
            LOG.error("Upgrade {} of connection {} failed", request.rawPath(), id, e);
            return ChannelEndpoint.Upgrade.refuse(failed(id));
        }
    }

    private static Answer failed(String id) {
        return HttpAnswer.text(500, "the server failed; its log knows connection " + id);
    }
}
