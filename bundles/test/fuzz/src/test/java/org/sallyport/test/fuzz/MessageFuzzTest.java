package org.sallyport.test.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageHeader;

/**
 * Any bytes as a message, and as each payload: refused with the documented exception, or read so that writing them and reading again gives
 * the same.
 */
class MessageFuzzTest {

    @FuzzTest
    void message(byte[] data) {
        ByteBuffer frame = ByteBuffer.wrap(data);
        byte[] payload = data;
        try {
            AgentMessage message = AgentMessage.decode(frame, false);
            payload = message.payload();
            assertThat(payload.length).isEqualTo(data.length - AgentMessage.PAYLOAD_OFFSET);
            checkHeader(MessageHeader.read(frame), message);
            checkAgain(message);
        } catch (MalformedMessageException e) {
            refusedByTheOtherReadersToo(frame);
        }
        assertThat(frame.position()).isZero();
        Parsers.checkAll(payload);
    }

    private static void checkHeader(MessageHeader header, AgentMessage message) {
        assertThat(header.type()).isEqualTo(message.type()).hasSizeBetween(1, 32);
        assertThat(header.messageId()).isEqualTo(message.messageId());
        assertThat(header.sequenceNumber()).isEqualTo(message.sequenceNumber());
        assertThat(header.payloadType()).isEqualTo(message.payloadType());
        assertThat(header.payloadLength()).isEqualTo(message.payload().length);
    }

    private static void checkAgain(AgentMessage message) throws MalformedMessageException {
        AgentMessage again = AgentMessage.decode(ByteBuffer.wrap(message.encode()), true);
        assertThat(again.type()).isEqualTo(message.type());
        assertThat(again.schemaVersion()).isEqualTo(message.schemaVersion());
        assertThat(again.createdMillis()).isEqualTo(message.createdMillis());
        assertThat(again.sequenceNumber()).isEqualTo(message.sequenceNumber());
        assertThat(again.flags()).isEqualTo(message.flags());
        assertThat(again.messageId()).isEqualTo(message.messageId());
        assertThat(again.payloadType()).isEqualTo(message.payloadType());
        assertThat(Arrays.equals(again.payload(), message.payload())).isTrue();
    }

    private static void refusedByTheOtherReadersToo(ByteBuffer frame) {
        try {
            MessageHeader.read(frame);
            throw new AssertionError("one reader takes the header and another does not");
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        try {
            AgentMessage.decode(frame, true);
            throw new AssertionError("a message is only refused when its digest is not looked at");
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
