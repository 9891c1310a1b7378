package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.core.relay.Recording.Event;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;

/**
 * Sessions of the real agent and the real client, replayed through the relay: what came from one end leaves for the other byte for byte and in
 * order. Two differences are allowed: repeats of output that the client has acknowledged are answered instead, and acknowledgements may pass
 * data that is held.
 */
class ReplayTest {
    private final Bench bench = new Bench();
    private final Map<Integer, Peer> peers = new HashMap<>();
    private final List<Peer> clients = new ArrayList<>();
    private final List<Peer> nodes = new ArrayList<>();
    private final List<byte[]> fromClient = new ArrayList<>();
    private final List<byte[]> fromNode = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "shell, Standard_Stream",
        "port-mux, Port",
        "noninteractive, NonInteractiveCommands",
        "resume, Standard_Stream"
    })
    void bothEndsGetWhatTheOtherSent(String name, String sessionType) throws Exception {
        replay(Recording.fixture(name), sessionType, name.equals("noninteractive"));

        compare();
    }

    @ParameterizedTest
    @CsvSource({
        "shell, Standard_Stream",
        "port-mux, Port",
        "noninteractive, NonInteractiveCommands",
        "resume, Standard_Stream",
        "kms, Standard_Stream"
    })
    void bothEndsGetWhatTheOtherSentInTheWholeRecording(String name, String sessionType) throws Exception {
        Path file = Path.of(System.getProperty("sallyport.shared", ""), "recordings", name + ".jsonl");
        assumeThat(Files.exists(file))
                .as("the whole recordings are beside the checkout (property sallyport.shared): not found, not run")
                .isTrue();

        replay(Recording.file(file), sessionType, name.equals("noninteractive"));

        compare();
    }

    private void replay(Recording recording, String sessionType, boolean separateOutput) {
        bench.neighbours.sessionType = sessionType;
        bench.neighbours.separateOutput = separateOutput;
        long start = bench.time.millis();
        for (Event event : recording.events()) {
            bench.time.advance(Math.max(0, start + event.millis() - bench.time.millis()));
            if (event.isReport()) {
                bench.data.end(Bench.SESSION, "", false);
            } else {
                play(event);
            }
        }
        bench.time.advance(10_000);
    }

    private void play(Event event) {
        switch (event.kind()) {
            case "open" -> {
                Peer peer = bench.upgraded(event.ofNode() ? Optional.of(Bench.NODE) : Optional.empty());
                peers.put(event.connection(), peer);
                (event.ofNode() ? nodes : clients).add(peer);
            }
            case "ws-text" ->
                peers.get(event.connection()).handler().text(new String(event.bytes(), StandardCharsets.UTF_8));
            case "ws-binary" -> {
                peers.get(event.connection()).send(event.bytes());
                (event.ofNode() ? fromNode : fromClient).add(event.bytes());
            }
            default -> peers.get(event.connection()).drop();
        }
    }

    private void compare() throws Exception {
        List<byte[]> expected = withoutKnownRepeats(passed(fromNode));
        List<byte[]> toClient = passed(sent(clients));
        Set<String> made = repeatsAnswered();

        assertThat(made).as("repeats answered").hasSize(passed(fromNode).size() - expected.size());
        assertThat(expected).as("the recording has output").hasSizeGreaterThan(5);
        assertThat(ofType(toClient, MessageTypes.OUTPUT_STREAM_DATA))
                .containsExactlyElementsOf(ofType(expected, MessageTypes.OUTPUT_STREAM_DATA));
        assertThat(ofType(toClient, MessageTypes.ACKNOWLEDGE))
                .containsExactlyElementsOf(ofType(expected, MessageTypes.ACKNOWLEDGE));
        if (!bench.neighbours.sessionType.equals("Port")) {
            assertThat(toClient).containsExactlyElementsOf(expected);
        }
        assertThat(passed(sent(nodes)))
                .filteredOn(m -> !made.contains(decoded(m).messageId().toString()))
                .containsExactlyElementsOf(fromClient);
        assertThat(clients.get(clients.size() - 1).connection().types())
                .filteredOn(MessageTypes.CHANNEL_CLOSED::equals)
                .hasSizeLessThanOrEqualTo(1);
    }

    /** Ids of the acknowledgements that the relay made. */
    private Set<String> repeatsAnswered() {
        Set<String> theirs = new HashSet<>();
        fromClient.forEach(m -> theirs.add(decoded(m).messageId().toString()));
        Set<String> made = new HashSet<>();
        for (byte[] message : ofType(sent(nodes), MessageTypes.ACKNOWLEDGE)) {
            String id = decoded(message).messageId().toString();
            if (!theirs.contains(id)) {
                made.add(id);
            }
        }
        return made;
    }

    /** What the node sent, without output that it sent again after the client had acknowledged it. */
    private List<byte[]> withoutKnownRepeats(List<byte[]> messages) throws MalformedMessageException {
        Set<Long> acknowledged = new HashSet<>();
        for (byte[] message : ofType(fromClient, MessageTypes.ACKNOWLEDGE)) {
            acknowledged.add(Acknowledge.parse(decoded(message).payload()).sequenceNumber());
        }
        Set<Long> seen = new HashSet<>();
        List<byte[]> result = new ArrayList<>();
        for (byte[] message : messages) {
            AgentMessage m = decoded(message);
            boolean repeat = m.type().equals(MessageTypes.OUTPUT_STREAM_DATA) && !seen.add(m.sequenceNumber());
            if (!repeat || !acknowledged.contains(m.sequenceNumber())) {
                result.add(message);
            }
        }
        return result;
    }

    private static List<byte[]> sent(List<Peer> peers) {
        return peers.stream().flatMap(p -> p.connection().sent().stream()).toList();
    }

    /** Stream data and acknowledgements: what is relayed. */
    private static List<byte[]> passed(List<byte[]> messages) {
        return messages.stream()
                .filter(m -> decoded(m).type().endsWith("stream_data")
                        || decoded(m).type().equals(MessageTypes.ACKNOWLEDGE))
                .toList();
    }

    private static List<byte[]> ofType(List<byte[]> messages, String type) {
        return messages.stream().filter(m -> decoded(m).type().equals(type)).toList();
    }

    private static AgentMessage decoded(byte[] message) {
        try {
            return AgentMessage.decode(ByteBuffer.wrap(message), false);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }
}
