package org.sallyport.channel.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static final int RECORD_OVERHEAD = 22;

    private final SendQueue queue = new SendQueue();
    private final Scratch scratch = new Scratch();

    @Test
    void bytesAreCountedOnceFromTheOfferToTheSocketAlsoWhileTheyAreEncrypted() {
        queue.add(ByteBuffer.allocate(100_000));
        ByteBuffer batch = queue.nextBatch(scratch);
        assertThat(batch.remaining()).isEqualTo(Scratch.BATCH);
        assertThat(queue.bytes()).isEqualTo(100_000);

        queue.handedOver(Scratch.BATCH + RECORD_OVERHEAD);
        assertThat(queue.bytes()).isEqualTo(100_000 + RECORD_OVERHEAD);

        queue.written(Scratch.BATCH + RECORD_OVERHEAD);
        assertThat(queue.bytes()).isEqualTo(100_000 - Scratch.BATCH);
    }

    @Test
    void whoSendsOnlyBelowTheMarkNeverPassesItByMoreThanOneMessageAndWhatTlsAdds() {
        int message = 32 * 1024;
        long most = 0;
        for (int round = 0; round < 50; round++) {
            while (queue.bytes() < Link.HIGH_MARK) {
                queue.add(ByteBuffer.allocate(message));
                most = Math.max(most, queue.bytes());
            }
            for (ByteBuffer batch = queue.nextBatch(scratch); batch != null; batch = queue.nextBatch(scratch)) {
                assertThat(queue.bytes()).isGreaterThanOrEqualTo(Link.HIGH_MARK);
                queue.handedOver(batch.remaining() + 4 * RECORD_OVERHEAD);
                most = Math.max(most, queue.bytes());
            }
            queue.written(Scratch.BATCH + 4 * RECORD_OVERHEAD);
        }

        int batches = SendQueue.IN_FLIGHT / Scratch.BATCH + 1;
        assertThat(most).isLessThan(Link.HIGH_MARK + message + batches * 4L * RECORD_OVERHEAD);
    }

    @Test
    void noMoreThanOneBatchBeyondTheBoundIsHandedOver() {
        queue.add(ByteBuffer.allocate(1 << 20));
        int handedOver = 0;
        for (ByteBuffer batch = queue.nextBatch(scratch); batch != null; batch = queue.nextBatch(scratch)) {
            handedOver += batch.remaining();
            queue.handedOver(batch.remaining());
        }

        assertThat(handedOver).isEqualTo(SendQueue.IN_FLIGHT);
    }

    @Test
    void marksAndLimitAreToldAndTheLowMarkOnce() {
        assertThat(queue.add(ByteBuffer.allocate(Link.HIGH_MARK - 1))).isEqualTo(SendQueue.Offer.BELOW_MARK);
        assertThat(queue.add(ByteBuffer.allocate(1))).isEqualTo(SendQueue.Offer.ABOVE_MARK);
        assertThat(queue.drained()).isFalse();
        while (queue.bytes() >= Link.LOW_MARK) {
            int batch = queue.nextBatch(scratch).remaining();
            queue.handedOver(batch);
            queue.written(batch);
        }
        assertThat(queue.drained()).isTrue();
        assertThat(queue.drained()).isFalse();
        assertThat(queue.add(ByteBuffer.allocate(Link.LIMIT + 1))).isEqualTo(SendQueue.Offer.OVER_LIMIT);
    }

    @Test
    void afterTheEndNothingIsAcceptedAndWhatWasIsFinished() {
        queue.add(ByteBuffer.allocate(10));
        queue.close();
        assertThat(queue.add(ByteBuffer.allocate(10))).isEqualTo(SendQueue.Offer.REFUSED);
        assertThat(queue.finished()).isFalse();
        queue.handedOver(queue.nextBatch(scratch).remaining());
        assertThat(queue.finished()).isFalse();
        queue.written(10);
        assertThat(queue.finished()).isTrue();
        assertThat(queue.bytes()).isZero();
    }
}
