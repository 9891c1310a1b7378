package org.sallyport.api.transport;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.WireRequest;

/**
 * What the channel port hands its traffic to (data-channel specification, section 2; node-agent specification, sections 5 and 6).
 *
 * <p>Called on a worker thread of the transport, never on a network thread, because verification looks into the store.
 */
@ProviderType
public interface ChannelEndpoint {

    /** An HTTP answer; {@code body} is UTF-8. */
    record Answer(int status, String contentType, String body) {}

    /** Either a handler for the connection to come, or the answer that refuses the upgrade. */
    record Upgrade(Optional<ConnectionHandler> handler, Optional<Answer> refusal) {
        public static Upgrade accept(ConnectionHandler handler) {
            return new Upgrade(Optional.of(handler), Optional.empty());
        }

        public static Upgrade refuse(Answer refusal) {
            return new Upgrade(Optional.empty(), Optional.of(refusal));
        }
    }

    /** A plain request, for instance {@code POST /v1/data-channel/<id>}; body at most 16 KiB. Never throws for bad input. */
    Answer request(WireRequest request);

    /** A valid web-socket upgrade request. Never throws for bad input. */
    Upgrade upgrade(WireRequest request);
}
