package org.sallyport.front.aws;

import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** An XML answer, taken apart. */
record Xml(Element element) {
    static Xml of(Answer answer) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Xml(factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(answer.body()))
                    .getDocumentElement());
        } catch (Exception e) {
            throw new AssertionError(
                    "Not XML: " + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8), e);
        }
    }

    String root() {
        return element.getLocalName();
    }

    String namespace() {
        return element.getNamespaceURI();
    }

    /** Of the only element of that name. */
    String text(String name) {
        var found = element.getElementsByTagNameNS("*", name);
        if (found.getLength() != 1) {
            throw new AssertionError(found.getLength() + " elements " + name);
        }
        return found.item(0).getTextContent();
    }
}
