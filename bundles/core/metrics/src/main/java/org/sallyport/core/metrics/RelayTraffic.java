package org.sallyport.core.metrics;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.sallyport.api.metrics.Meters;
import org.sallyport.kernel.relay.Tap;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.spi.metrics.MeterSource;

/** Counts what passes the relay, by the end that sent it. Looks at lengths only. */
@Component(service = {Tap.class, MeterSource.class})
public final class RelayTraffic implements Tap, MeterSource {
    private record Passed(LongAdder messages, LongAdder bytes) {}

    private final Map<DataEnd, Passed> passed = new EnumMap<>(DataEnd.class);

    @Activate
    public RelayTraffic() {
        for (DataEnd end : DataEnd.values()) {
            passed.put(end, new Passed(new LongAdder(), new LongAdder()));
        }
    }

    @Override
    public void passed(String sessionId, DataEnd from, MessageHeader header, ByteBuffer frame) {
        Passed counted = passed.get(from);
        counted.messages().increment();
        counted.bytes().add(frame.remaining());
    }

    @Override
    public void read(Meters meters) {
        passed.forEach((end, counted) -> {
            Map<String, String> from = Map.of("from", end.name().toLowerCase(Locale.ROOT));
            meters.counter(
                    "sallyport_relay_messages",
                    "Messages that passed the relay",
                    from,
                    counted.messages().sum());
            meters.counter(
                    "sallyport_relay_bytes",
                    "Bytes of messages that passed the relay",
                    from,
                    counted.bytes().sum());
        });
    }
}
