package org.sallyport.front.aws.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Base64;
import org.sallyport.api.error.SallyportException;
import org.sallyport.front.aws.RequestError;

/** Whether a body has the types of its shape. Unknown members are passed over, as AWS does; null counts as absent. */
final class TypeCheck {
    /** The end of the year 9999; nobody means a later instant, and arithmetic on it stays safe. */
    private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);

    private final OperationModel model;

    TypeCheck(OperationModel model) {
        this.model = model;
    }

    /** Throws {@link RequestError#SERIALIZATION} for a value of another type. */
    void check(JsonNode value, Shape shape) {
        if (value == null || value.isNull()) {
            return;
        }
        if (shape instanceof Shape.Structure structure) {
            require(value.isObject(), value, "a structure");
            structure.members().forEach((name, member) -> check(value.get(name), model.shape(member)));
        } else if (shape instanceof Shape.Sequence sequence) {
            require(value.isArray(), value, "a list");
            value.forEach(item -> checkItem(item, model.shape(sequence.member())));
        } else if (shape instanceof Shape.Mapping mapping) {
            require(value.isObject(), value, "a map");
            value.forEach(item -> checkItem(item, model.shape(mapping.value())));
        } else {
            checkScalar(value, shape);
        }
    }

    private void checkItem(JsonNode item, Shape shape) {
        require(!item.isNull(), item, "an item");
        check(item, shape);
    }

    private static void checkScalar(JsonNode value, Shape shape) {
        if (shape instanceof Shape.Text) {
            require(value.isTextual(), value, "a String");
        } else if (shape instanceof Shape.Whole whole) {
            boolean fits = whole.bits() == Integer.SIZE ? value.canConvertToInt() : value.canConvertToLong();
            require(value.isIntegralNumber() && fits, value, whole.bits() == Integer.SIZE ? "an Integer" : "a Long");
        } else if (shape instanceof Shape.Decimal) {
            require(value.isNumber(), value, "a Double");
        } else if (shape instanceof Shape.Flag) {
            require(value.isBoolean(), value, "a Boolean");
        } else if (shape instanceof Shape.Time) {
            require(value.isNumber() && value.decimalValue().abs().compareTo(LATEST) <= 0, value, "a Timestamp");
        } else if (shape instanceof Shape.Blob) {
            require(value.isTextual() && isBase64(value.textValue()), value, "a Blob");
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean holds, JsonNode value, String wanted) {
        if (!holds) {
            String message = value.isContainerNode()
                    ? "Start of structure or map or list found where " + wanted + " was expected."
                    : value.getNodeType() + "_VALUE can not be converted to " + wanted;
            throw new SallyportException(RequestError.SERIALIZATION, message);
        }
    }
}
