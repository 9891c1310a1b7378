package org.sallyport.agent.control;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.TaskComplete;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server must be told of ended sessions (node-agent specification, section 5.5): each report goes up to three times, a second
 * apart, with the same id, until it is acknowledged. Without a control channel it waits for the next one. At most 1000 wait; the oldest
 * is dropped then. Any thread.
 */
final class TaskReports {
    private static final Logger LOG = LoggerFactory.getLogger(TaskReports.class);
    private static final int MAX_WAITING = 1000;
    private static final int TRIES = 3;
    private static final int MAX_OUTPUT = 2000;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final String nodeId;
    private final LongSupplier clock;
    private final Map<UUID, Report> waiting = new LinkedHashMap<>();
    private WebSocketChannel channel;

    private static final class Report {
        private final TaskComplete content;
        private int sent;

        private Report(TaskComplete content) {
            this.content = content;
        }
    }

    TaskReports(String nodeId, LongSupplier clock) {
        this.nodeId = nodeId;
        this.clock = clock;
    }

    /** Sends again once a second what was not acknowledged. */
    void start(ScheduledExecutorService thread) {
        thread.scheduleWithFixedDelay(this::resend, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void add(String sessionId, boolean succeeded, String output) {
        String text = output.length() > MAX_OUTPUT ? output.substring(0, MAX_OUTPUT) : output;
        TaskComplete content = new TaskComplete(
                sessionId,
                succeeded ? TaskComplete.SUCCESS : TaskComplete.FAILED,
                nodeId,
                text,
                TaskComplete.Logs.NONE,
                1);
        UUID id = UUID.randomUUID();
        Report report = new Report(content);
        synchronized (this) {
            if (waiting.size() >= MAX_WAITING) {
                Iterator<Report> oldest = waiting.values().iterator();
                LOG.warn(
                        "Too many reports wait; that of session {} is dropped",
                        oldest.next().content.taskId());
                oldest.remove();
            }
            waiting.put(id, report);
        }
        send(List.of(id));
    }

    /** Reports that wait, as on the wire. */
    synchronized List<byte[]> save() {
        return waiting.entrySet().stream()
                .map(one -> Messages.taskComplete(one.getValue().content, one.getKey(), clock.getAsLong())
                        .encode())
                .toList();
    }

    /** Goes on with reports of the agent that this process was before; one that cannot be read is left out. */
    synchronized void inherit(List<byte[]> saved) {
        for (byte[] report : saved) {
            try {
                AgentMessage message = AgentMessage.decode(ByteBuffer.wrap(report), true);
                waiting.put(message.messageId(), new Report(TaskComplete.parse(message.payload())));
            } catch (MalformedMessageException e) {
                LOG.warn("A report of an ended session was not inherited whole: {}", e.getMessage());
            }
        }
    }

    void acknowledged(UUID messageId) {
        synchronized (this) {
            waiting.remove(messageId);
            notifyAll();
        }
    }

    /** A channel opened, or with null the last one was lost. What waits goes now; earlier tries do not count. */
    void channel(WebSocketChannel current) {
        List<UUID> all;
        synchronized (this) {
            channel = current;
            waiting.values().forEach(report -> report.sent = 0);
            all = List.copyOf(waiting.keySet());
        }
        send(all);
    }

    /** Blocks until all are acknowledged or the time is over. */
    synchronized void awaitNone(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); !waiting.isEmpty() && channel != null && left > 0; ) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    private void resend() {
        List<UUID> due;
        synchronized (this) {
            if (channel == null) {
                return;
            }
            waiting.values().removeIf(report -> {
                boolean givenUp = report.sent >= TRIES;
                if (givenUp) {
                    LOG.warn("The server did not acknowledge the end of session {}", report.content.taskId());
                }
                return givenUp;
            });
            due = List.copyOf(waiting.keySet());
        }
        send(due);
    }

    /** Collects under the lock, sends outside. */
    private void send(List<UUID> ids) {
        WebSocketChannel to;
        List<byte[]> messages = new ArrayList<>();
        synchronized (this) {
            to = channel;
            for (UUID id : ids) {
                Report report = waiting.get(id);
                if (to != null && report != null) {
                    report.sent++;
                    messages.add(Messages.taskComplete(numbered(report), id, clock.getAsLong())
                            .encode());
                }
            }
        }
        messages.forEach(message -> to.send(ByteBuffer.wrap(message)));
    }

    private static TaskComplete numbered(Report report) {
        TaskComplete content = report.content;
        return new TaskComplete(
                content.taskId(),
                content.finalTaskStatus(),
                content.instanceId(),
                content.output(),
                content.logs(),
                report.sent);
    }
}
