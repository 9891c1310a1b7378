package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.PayloadType;

class ActivityTest {
    private static final byte[] KEEP_ALIVE = {1, 3, 0, 0, 5, 0, 0, 0};
    private static final byte[] DATA = {1, 2, 1, 0, 5, 0, 0, 0, 'x'};

    private final Activity shell = new Activity(false);
    private final Activity port = new Activity(true);

    @Test
    void inAShellOnlyWhatIsTypedCounts() throws Exception {
        assertThat(shell.shows(DataEnd.CLIENT, frame(PayloadType.OUTPUT, "l".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        assertThat(shell.shows(DataEnd.NODE, frame(PayloadType.OUTPUT, "l".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
        assertThat(shell.shows(DataEnd.CLIENT, frame(PayloadType.SIZE, "{}".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
    }

    @Test
    void throughAPortDataOfBothDirectionsCountsAndKeepAlivesDoNot() throws Exception {
        assertThat(port.shows(DataEnd.CLIENT, frame(PayloadType.OUTPUT, DATA))).isTrue();
        assertThat(port.shows(DataEnd.NODE, frame(PayloadType.OUTPUT, DATA))).isTrue();
        assertThat(port.shows(DataEnd.CLIENT, frame(PayloadType.OUTPUT, KEEP_ALIVE)))
                .isFalse();
        assertThat(port.shows(DataEnd.NODE, frame(PayloadType.OUTPUT, twice(KEEP_ALIVE))))
                .isFalse();
        assertThat(port.shows(DataEnd.CLIENT, frame(PayloadType.FLAG, new byte[4])))
                .isFalse();
    }

    private static byte[] twice(byte[] bytes) {
        byte[] both = new byte[bytes.length * 2];
        System.arraycopy(bytes, 0, both, 0, bytes.length);
        System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
        return both;
    }

    private static Frame frame(int payloadType, byte[] payload) throws Exception {
        byte[] wire = Wire.input(1, payloadType, payload);
        return new Frame(MessageHeader.read(Wire.buffer(wire)), Wire.buffer(wire));
    }
}
