package org.sallyport.front.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.sallyport.front.aws.model.OperationModel;
import org.sallyport.front.aws.model.Shape;

/**
 * Writes an answer in XML by the shapes of its model: items of lists as {@code member}, those of maps as {@code entry} with {@code key} and
 * {@code value}, times in ISO 8601 with seconds.
 */
final class XmlShapes {
    private final OperationModel model;
    private final XmlText xml;

    XmlShapes(OperationModel model, XmlText xml) {
        this.model = model;
        this.xml = xml;
    }

    /** In the order of the answer. A member that the model does not have is a defect. */
    void members(Map<?, ?> members, Shape.Structure structure) throws XMLStreamException {
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String name = member.getKey().toString();
            String shape = structure.members().get(name);
            if (shape == null) {
                throw new IllegalStateException("The answer of " + model.target() + " has no member " + name);
            }
            element(name, member.getValue(), model.shape(shape));
        }
    }

    private void element(String name, Object value, Shape shape) throws XMLStreamException {
        xml.open(name);
        if (shape instanceof Shape.Structure structure) {
            members((Map<?, ?>) value, structure);
        } else if (shape instanceof Shape.Sequence sequence) {
            for (Object item : (List<?>) value) {
                element("member", item, model.shape(sequence.member()));
            }
        } else if (shape instanceof Shape.Mapping mapping) {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                xml.open("entry");
                xml.text("key", entry.getKey().toString());
                element("value", entry.getValue(), model.shape(mapping.value()));
                xml.close();
            }
        } else if (shape instanceof Shape.Time) {
            xml.text(time((BigDecimal) value));
        } else {
            xml.text(value.toString());
        }
        xml.close();
    }

    private static String time(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
