import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Makes docs/configuration.md of the metatype in the built bundles and compares it with the one that is committed.
 *
 * <p>Arguments: folder of the bundles, the page, {@code check} or {@code write}.
 */
public final class ConfigurationPage {
    private static final String COMMAND =
            "./mvnw package -DskipTests -pl :org.sallyport.distro -am -Dsallyport.configuration=write";
    private static final String HEAD =
            """
            # Configuration

            <!-- Made from the bundles; do not edit. Write it with: %s -->

            Settings of a bundle are in `etc/<PID>.cfg`, one `name = value` a line, a list as `name = ["a", "b"]`. The server reads a file when it
            changes: put a new one in place by renaming it over the old. What is not set has its default. A PID marked *factory* takes
            several files, `etc/<PID>-<name>.cfg`.
            """;

    private ConfigurationPage() {}

    public static void main(String[] args) throws Exception {
        Path page = Path.of(args[1]);
        String made = make(Path.of(args[0]));
        if (args[2].equals("write")) {
            Files.writeString(page, made);
        } else if (Files.notExists(page) || !Files.readString(page).equals(made)) {
            System.err.println(page + " does not say what the bundles take. Write it and commit it: " + COMMAND);
            System.exit(1);
        }
    }

    private static String make(Path bundles) throws Exception {
        Map<String, String> sections = new TreeMap<>();
        List<Path> jars;
        try (Stream<Path> files = Files.list(bundles)) {
            jars = files.filter(file -> file.getFileName().toString().startsWith("org.sallyport."))
                    .sorted()
                    .toList();
        }
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    if (entry.getName().matches("OSGI-INF/metatype/[^/]+\\.xml")) {
                        try (InputStream xml = file.getInputStream(entry)) {
                            read(xml, jar.getFileName() + "!" + entry.getName(), sections);
                        }
                    }
                }
            }
        }
        if (sections.isEmpty()) {
            throw new IOException("No bundle in " + bundles + " has metatype");
        }
        return HEAD.formatted(COMMAND) + String.join("", sections.values());
    }

    private static void read(InputStream xml, String where, Map<String, String> sections) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder().parse(xml);
        Map<String, Element> classes = new HashMap<>();
        elements(document.getElementsByTagName("OCD")).forEach(ocd -> classes.put(ocd.getAttribute("id"), ocd));
        List<Element> designates = elements(document.getElementsByTagName("Designate"));
        if (designates.isEmpty()) {
            throw new IOException(where + " is designated to no PID: its component needs @Designate");
        }
        for (Element designate : designates) {
            boolean many = designate.hasAttribute("factoryPid");
            String pid = designate.getAttribute(many ? "factoryPid" : "pid");
            String ocd = elements(designate.getElementsByTagName("Object")).get(0).getAttribute("ocdref");
            sections.put(pid, section(pid, many, classes.get(ocd)));
        }
    }

    private static String section(String pid, boolean many, Element ocd) {
        StringBuilder text = new StringBuilder("\n## `%s`%s\n\n".formatted(pid, many ? " (factory)" : ""));
        text.append(sentence(ocd.getAttribute("description"))).append("\n\n");
        text.append("| setting | type | default | meaning |\n| --- | --- | --- | --- |\n");
        for (Element attribute : elements(ocd.getElementsByTagName("AD"))) {
            text.append("| `%s` | %s | %s | %s: %s |\n"
                    .formatted(
                            attribute.getAttribute("id"),
                            type(attribute),
                            initial(attribute),
                            cell(attribute.getAttribute("name")),
                            cell(sentence(attribute.getAttribute("description")))));
        }
        return text.toString();
    }

    private static String type(Element attribute) {
        String type = attribute.getAttribute("type").toLowerCase(java.util.Locale.ROOT);
        String cardinality = attribute.getAttribute("cardinality");
        List<String> options = new ArrayList<>();
        elements(attribute.getElementsByTagName("Option")).forEach(option -> options.add(option.getAttribute("value")));
        String bounds = attribute.hasAttribute("min") || attribute.hasAttribute("max")
                ? ", %s to %s".formatted(attribute.getAttribute("min"), attribute.getAttribute("max"))
                : "";
        return (cardinality.isEmpty() || cardinality.equals("0") ? type : "list of " + type)
                + bounds
                + (options.isEmpty() ? "" : ": " + cell(String.join(", ", options)));
    }

    private static String initial(Element attribute) {
        String value = attribute.getAttribute("default");
        if (value.isEmpty()) {
            return attribute.getAttribute("required").equals("false") || attribute.hasAttribute("default") ? "empty" : "none";
        }
        return "`" + cell(value) + "`";
    }

    private static String sentence(String text) {
        String plain = text.strip().replaceAll("\\s+", " ");
        return plain.isEmpty() || plain.endsWith(".") ? plain : plain + ".";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
