package org.sallyport.front.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** The file for launchd, filled in as the install script does it: read as a property list, and its command run by the shell of this machine. */
class LaunchdFileTest {
    private static final Path FILE = Path.of("../../../distro/app/agent/org.sallyport.agent.plist");

    @TempDir
    Path folder;

    private Map<String, Object> job;

    @BeforeEach
    void read() throws Exception {
        String filled = Files.readString(FILE)
                .replace("@ROOT@", folder.toString())
                .replace("@DATA@", folder + "/data")
                .replace("@SETTINGS@", folder + "/etc");
        assertThat(filled).doesNotContain("@");
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        Element plist = builder.parse(new InputSource(new StringReader(filled))).getDocumentElement();
        assertThat(plist.getTagName()).isEqualTo("plist");
        assertThat(children(plist)).hasSize(1);
        job = dictionary(children(plist).get(0));
    }

    @Test
    void itKeepsTheAgentRunningAndLetsItEnd() {
        assertThat(job)
                .containsEntry("Label", "org.sallyport.agent")
                .containsEntry("RunAtLoad", true)
                .containsEntry("KeepAlive", true)
                .containsEntry("ThrottleInterval", 5)
                .containsEntry("ExitTimeOut", 20);
    }

    @Test
    void itsCommandStartsTheAgentWithTheEnvironmentOfItsFile() throws Exception {
        Path program = Files.createDirectories(folder.resolve("current/bin")).resolve("sallyport-agent");
        Files.writeString(program, "#!/bin/sh\necho \"$HTTPS_PROXY $*\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        assertThat(run()).isEqualTo(" run --data " + folder + "/data\n");

        Files.writeString(
                Files.createDirectory(folder.resolve("etc")).resolve("environment"), "HTTPS_PROXY=http://p:1\n");

        assertThat(run()).isEqualTo("http://p:1 run --data " + folder + "/data\n");
    }

    private String run() throws IOException, InterruptedException {
        List<String> command = ((List<?>) job.get("ProgramArguments"))
                .stream().map(String.class::cast).toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("HTTPS_PROXY");
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return text;
    }

    private static Map<String, Object> dictionary(Element element) {
        assertThat(element.getTagName()).isEqualTo("dict");
        List<Element> members = children(element);
        assertThat(members.size() % 2).isZero();
        Map<String, Object> found = new LinkedHashMap<>();
        for (int i = 0; i < members.size(); i += 2) {
            assertThat(members.get(i).getTagName()).isEqualTo("key");
            found.put(members.get(i).getTextContent(), value(members.get(i + 1)));
        }
        assertThat(found).as("no key twice").hasSize(members.size() / 2);
        return found;
    }

    private static Object value(Element element) {
        return switch (element.getTagName()) {
            case "string" -> element.getTextContent();
            case "integer" -> Integer.valueOf(element.getTextContent());
            case "true" -> true;
            case "false" -> false;
            case "array" ->
                children(element).stream().map(LaunchdFileTest::value).toList();
            default -> throw new AssertionError("no value of a property list: " + element.getTagName());
        };
    }

    private static List<Element> children(Element element) {
        List<Element> found = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                found.add(child);
            }
        }
        return found;
    }
}
