package org.sallyport.front.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes answers of the query protocol. */
final class XmlText {
    private final XMLStreamWriter writer;

    private XmlText(XMLStreamWriter writer) {
        this.writer = writer;
    }

    /** What stands inside the root element. */
    interface Content {
        void write(XmlText xml) throws XMLStreamException;
    }

    static byte[] document(String root, String namespace, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter writer =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            writer.writeStartElement(root);
            writer.writeDefaultNamespace(namespace);
            content.write(new XmlText(writer));
            writer.writeEndDocument();
            writer.close();
            return bytes.toByteArray();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing XML to memory cannot fail", e);
        }
    }

    void open(String name) throws XMLStreamException {
        writer.writeStartElement(name);
    }

    void close() throws XMLStreamException {
        writer.writeEndElement();
    }

    /** An element with nothing but text. */
    void text(String name, String value) throws XMLStreamException {
        open(name);
        text(value);
        close();
    }

    /** Text in the open element. */
    void text(String value) throws XMLStreamException {
        String text = legal(value);
        int from = 0;
        for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', from)) {
            writer.writeCharacters(text.substring(from, at));
            // a reader would take the character itself for the end of a line
            writer.writeEntityRef("#xD");
            from = at + 1;
        }
        writer.writeCharacters(text.substring(from));
    }

    /** Characters that no XML 1.0 document may have become question marks: texts may come from hostile places. */
    private static String legal(String text) {
        return text.codePoints()
                .map(c -> isLegal(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c < 0xD800
                || c >= 0xE000 && c < 0xFFFE
                || c >= 0x10000;
    }
}
