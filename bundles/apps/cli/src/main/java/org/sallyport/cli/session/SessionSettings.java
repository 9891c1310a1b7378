package org.sallyport.cli.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.sallyport.protocol.stream.StreamSettings;

/**
 * How long a session is worth trying, and by which clocks.
 *
 * @param stream limits towards the node
 * @param giveUp without any progress; the server may end the session before, and says so
 * @param steady milliseconds that do not jump; rest while the machine sleeps
 * @param wall milliseconds since 1970 as the machine knows them; may jump
 */
record SessionSettings(StreamSettings stream, Duration giveUp, LongSupplier steady, LongSupplier wall) {
    /** The longest time that a server keeps a session for a client who is away. */
    static final Duration PERSON = Duration.ofHours(24);

    static final Duration UNATTENDED = Duration.ofMinutes(15);

    /** A person decides for himself when he has waited enough: neither resends nor tries end before the server's longest window. */
    static SessionSettings forPerson() {
        StreamSettings client = StreamSettings.forClient();
        StreamSettings patient = new StreamSettings(
                client.outgoingMessages(),
                client.outgoingBytes(),
                client.incomingMessages(),
                client.incomingBytes(),
                0,
                client.duplicates());
        return new SessionSettings(patient, PERSON, steadyMillis(), System::currentTimeMillis);
    }

    /** A program that reads from a pipe should not hang for a day. */
    static SessionSettings unattended() {
        return new SessionSettings(StreamSettings.forClient(), UNATTENDED, steadyMillis(), System::currentTimeMillis);
    }

    private static LongSupplier steadyMillis() {
        long epoch = System.currentTimeMillis();
        long nanos = System.nanoTime();
        return () -> epoch + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
