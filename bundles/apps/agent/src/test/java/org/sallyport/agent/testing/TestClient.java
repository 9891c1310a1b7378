package org.sallyport.agent.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionStatePayload;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSender;
import org.sallyport.protocol.stream.StreamSettings;

/** The person's end of a session, over all its channels. One thread. */
public final class TestClient {
    private final StreamSender sender = new StreamSender(StreamSettings.forClient(), MessageTypes.INPUT_STREAM_DATA);
    private final StreamReceiver receiver = new StreamReceiver(StreamSettings.forClient());
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<String> states = new ArrayList<>();
    private TestChannel channel;
    private boolean silent;

    public TestClient(TestChannel channel) {
        this.channel = channel;
    }

    /** Goes on over a new channel of the node. */
    public void over(TestChannel next) {
        channel = next;
    }

    /** Acknowledges nothing from now on, as a client whose answers are lost. */
    public void silent(boolean on) {
        silent = on;
    }

    public void type(String text) throws IOException {
        send(PayloadType.OUTPUT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void size(int columns, int rows) throws IOException {
        send(PayloadType.SIZE, new TerminalSize(columns, rows).toJson());
    }

    public AgentMessage send(int payloadType, byte[] payload) throws IOException {
        AgentMessage message = sender.send(payloadType, payload, System.currentTimeMillis());
        channel.send(message);
        return message;
    }

    public int unacknowledged() {
        return sender.unacknowledged();
    }

    /** Reads until the terminal has shown this. */
    public void awaitText(String expected) throws Exception {
        awaitMatch(Pattern.quote(expected));
    }

    /** Reads until the terminal has shown something like this. */
    public Matcher awaitMatch(String pattern) throws Exception {
        Pattern wanted = Pattern.compile(pattern);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Matcher matcher = wanted.matcher(text());
        while (!matcher.find()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not shown in 20 s: " + pattern + "; shown: " + text());
            }
            AgentMessage message = channel.poll(100);
            if (message != null) {
                take(message);
            }
            matcher = wanted.matcher(text());
        }
        return matcher;
    }

    /** Reads until the node has told this state of the session. */
    public void awaitState(String state) throws Exception {
        while (!states.contains(state)) {
            take(channel.message());
        }
    }

    /** Reads until the node sends a message of this type that is not of a stream. */
    public AgentMessage await(String type) throws Exception {
        AgentMessage message = channel.message();
        while (!message.type().equals(type)) {
            take(message);
            message = channel.message();
        }
        return message;
    }

    public String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private void take(AgentMessage message) throws Exception {
        if (message.type().equals(MessageTypes.ACKNOWLEDGE)) {
            sender.acknowledged(Acknowledge.parse(message.payload()).sequenceNumber(), System.currentTimeMillis());
            return;
        }
        if (message.type().equals(MessageTypes.AGENT_SESSION_STATE)) {
            states.add(SessionStatePayload.parse(message.payload()).state());
        }
        if (!message.type().equals(MessageTypes.OUTPUT_STREAM_DATA) || silent) {
            return;
        }
        StreamReceiver.Received received = receiver.frame(message);
        received.deliver().forEach(m -> output.writeBytes(m.payload()));
        for (AgentMessage done : received.acknowledge()) {
            acknowledge(done);
        }
    }

    private void acknowledge(AgentMessage done) throws IOException {
        try {
            channel.send(Messages.acknowledge(done, UUID.randomUUID(), System.currentTimeMillis()));
        } catch (IOException e) {
            // What was read before the end may be handled after it.
            if (!channel.ended()) {
                throw e;
            }
        }
    }
}
