package org.sallyport.test.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Eclipse's builder of Maven projects (m2e) runs a plugin only where somebody says how, and marks the project as broken where nobody does: bnd's
 * plugin brings its own mapping, each other one of ours that runs before the tests' classes are made has it in its pom.
 */
class LifecycleMappingTest {
    private static final Path ROOT = BuiltBundles.distro().getParent().getParent();
    private static final String MAPPING = "META-INF/m2e/lifecycle-mapping-metadata.xml";
    private static final String INSTRUCTION = "m2e";

    /** The phases that m2e looks at. */
    private static final Set<String> PHASES = Set.of(
            "validate",
            "initialize",
            "generate-sources",
            "process-sources",
            "generate-resources",
            "process-resources",
            "compile",
            "process-classes",
            "generate-test-sources",
            "process-test-sources",
            "generate-test-resources",
            "process-test-resources",
            "test-compile",
            "process-test-classes");

    @Test
    void bndsPluginSaysHowABundleIsBuilt() throws Exception {
        Path plugin = Path.of(System.getProperty("sallyport.bnd.plugin"));
        try (JarFile jar = new JarFile(plugin.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(MAPPING))) {
            Document mapping = parser().parse(in);
            assertThat(texts(mapping.getDocumentElement(), "goal")).contains("jar", "bnd-process");
            assertThat(texts(mapping.getDocumentElement(), "runOnConfiguration"))
                    .containsOnly("true");
            assertThat(texts(mapping.getDocumentElement(), "runOnIncremental")).containsOnly("true");
        }
    }

    @Test
    void eachOtherPluginThatRunsEarlyIsMappedInItsPom() throws Exception {
        List<String> unmapped = new ArrayList<>();
        int early = 0;
        for (Path pom : poms()) {
            NodeList executions = parser().parse(pom.toFile()).getElementsByTagName("execution");
            for (int i = 0; i < executions.getLength(); i++) {
                Element execution = (Element) executions.item(i);
                if (texts(execution, "phase").stream().anyMatch(PHASES::contains)) {
                    early++;
                    if (!mapped(execution)) {
                        unmapped.add(ROOT.relativize(pom) + " " + texts(execution, "id"));
                    }
                }
            }
        }

        assertThat(unmapped).isEmpty();
        assertThat(early).as("executions that are looked at").isPositive();
    }

    private static boolean mapped(Element execution) {
        for (Node child = execution.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.PROCESSING_INSTRUCTION_NODE
                    && child.getNodeName().equals(INSTRUCTION)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> texts(Element within, String tag) {
        NodeList found = within.getElementsByTagName(tag);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent().strip());
        }
        return texts;
    }

    private static List<Path> poms() {
        try (Stream<Path> all = Files.walk(ROOT.resolve("bundles"))) {
            return all.filter(file -> file.getFileName().toString().equals("pom.xml"))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/node_modules/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DocumentBuilder parser() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder();
    }
}
