package org.sallyport.core.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.sallyport.api.metrics.Meters;
import org.sallyport.spi.metrics.MeterSource;
import org.sallyport.spi.transport.Transport;

/** Open connections of the transports that listen. */
@Component(service = MeterSource.class)
public final class Transports implements MeterSource {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Map.Entry<Map<String, Object>, Transport>> listening = List.of();

    @Activate
    public Transports() {}

    @Override
    public void read(Meters meters) {
        Map<String, Integer> open = new HashMap<>();
        listening.forEach(transport -> open.merge(
                String.valueOf(transport.getKey().get(Transport.SCHEME)),
                transport.getValue().connections(),
                Integer::sum));
        open.forEach((scheme, count) ->
                meters.gauge("sallyport_transport_connections", "Open connections", Map.of("scheme", scheme), count));
    }
}
