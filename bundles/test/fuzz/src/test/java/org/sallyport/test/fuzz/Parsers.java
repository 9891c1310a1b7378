package org.sallyport.test.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sallyport.protocol.handshake.HandshakeComplete;
import org.sallyport.protocol.handshake.HandshakeRequest;
import org.sallyport.protocol.handshake.HandshakeResponse;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.ExitCode;
import org.sallyport.protocol.message.Flag;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.protocol.message.SessionStatePayload;
import org.sallyport.protocol.message.SessionTask;
import org.sallyport.protocol.message.TaskAcknowledge;
import org.sallyport.protocol.message.TaskComplete;
import org.sallyport.protocol.message.TerminalSize;

/** Each parser of a payload, and what writes the same payload. */
final class Parsers {
    /** Reads one kind of payload. */
    interface Parser<T> {
        T parse(byte[] payload) throws MalformedMessageException;
    }

    private record Pair<T>(Parser<T> parser, Function<T, byte[]> writer) {

        /** Reads the payload; what was read must be the same after it was written and read once more. */
        void check(String name, byte[] payload) {
            T first;
            try {
                first = parser.parse(payload);
            } catch (MalformedMessageException e) {
                return;
            }
            byte[] written = writer.apply(first);
            Optional<T> second = read(written);
            if (!second.equals(Optional.of(first))) {
                throw new AssertionError("%s is not what was read: %s".formatted(name, second));
            }
        }

        private Optional<T> read(byte[] payload) {
            try {
                return Optional.of(parser.parse(payload));
            } catch (MalformedMessageException e) {
                return Optional.empty();
            }
        }
    }

    private static final Map<String, Pair<?>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("acknowledge", new Pair<>(Acknowledge::parse, Acknowledge::toJson));
        ALL.put("channel closed", new Pair<>(ChannelClosed::parse, ChannelClosed::toJson));
        ALL.put("exit code", new Pair<>(ExitCode::parse, ExitCode::toBytes));
        ALL.put("flag", new Pair<>(Flag::parse, Flag::toBytes));
        ALL.put("notice", new Pair<>(SessionNotice::parse, SessionNotice::toJson));
        ALL.put("state", new Pair<>(SessionStatePayload::parse, SessionStatePayload::toJson));
        ALL.put("task", new Pair<>(SessionTask::parse, SessionTask::toJson));
        ALL.put("task acknowledge", new Pair<>(TaskAcknowledge::parse, TaskAcknowledge::toJson));
        ALL.put("task complete", new Pair<>(TaskComplete::parse, TaskComplete::toJson));
        ALL.put("size", new Pair<>(TerminalSize::parse, TerminalSize::toJson));
        ALL.put("handshake request", new Pair<>(HandshakeRequest::parse, HandshakeRequest::toJson));
        ALL.put("handshake response", new Pair<>(HandshakeResponse::parse, HandshakeResponse::toJson));
        ALL.put("handshake complete", new Pair<>(HandshakeComplete::parse, HandshakeComplete::toJson));
        ALL.put("opening", new Pair<>(payload -> OpenChannel.parse(utf8(payload)), opening -> opening.toJson()
                .getBytes(StandardCharsets.UTF_8)));
    }

    private Parsers() {}

    static void checkAll(byte[] payload) {
        ALL.forEach((name, pair) -> pair.check(name, payload));
    }

    private static String utf8(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
