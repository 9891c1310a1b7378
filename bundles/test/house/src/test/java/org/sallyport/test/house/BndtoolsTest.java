package org.sallyport.test.house;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.build.Run;
import aQute.bnd.build.Workspace;
import aQute.bnd.build.model.BndEditModel;
import aQute.bnd.build.model.clauses.VersionedClause;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Processor;
import aQute.bnd.properties.Document;
import biz.aQute.resolve.Bndrun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Bndtools would open opens: run lists and descriptions of bundles, by the classes of bnd that its editors are made of. */
class BndtoolsTest {
    private static final Path ROOT = BuiltBundles.distro().getParent().getParent();

    static Stream<Path> runs() {
        return files("distro", ".bndrun");
    }

    static Stream<Path> bundles() {
        return files("bundles", "bnd.bnd");
    }

    @Test
    void thereIsSomethingToOpen() {
        assertThat(runs()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(bundles()).hasSizeGreaterThan(30);
    }

    /** Without a workspace of bnd, as in a workspace of Maven projects: the run stands alone, beside its pom. */
    @ParameterizedTest
    @MethodSource("runs")
    void aRunOpensBesideItsPomAndShowsTheListOfItsFile(Path file) throws Exception {
        try (Bndrun run = Bndrun.createBndrun(null, file.toFile())) {
            assertThat(run.check())
                    .as("%s %s", run.getErrors(), run.getWarnings())
                    .isTrue();
            assertThat(run.getModel().getRunBundles())
                    .extracting(BndtoolsTest::shown)
                    .isEqualTo(listed(file, "-runbundles"))
                    .isNotEmpty();
            assertThat(new Parameters(run.mergeProperties("-runrequires")).size())
                    .isEqualTo(required(file))
                    .isPositive();
            // from the include, so the editor finds that file, too
            assertThat(run.getProperty("-runfw")).startsWith("org.apache.felix.framework;");
            assertThat(run.getProperty("-runee")).isEqualTo("JavaSE-17");
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aRunOpensInTheWorkspaceOfBnd(Path file) throws Exception {
        try (Workspace workspace = new Workspace(ROOT.toFile());
                Run run = Run.createRun(workspace, file.toFile())) {
            assertThat(workspace.check())
                    .as("%s %s", workspace.getErrors(), workspace.getWarnings())
                    .isTrue();
            assertThat(run.getErrors()).isEmpty();
            assertThat(run.getProperty("-runbundles")).isNotBlank();
        }
    }

    /** The editor writes a file back as it was, and with one change changes that alone. */
    @ParameterizedTest
    @MethodSource("runs")
    void theEditorWritesBackWhatItRead(Path file) throws Exception {
        String text = Files.readString(file);
        Document document = new Document(text);
        BndEditModel model = new BndEditModel(document);
        model.saveChangesTo(document);
        assertThat(document.get()).isEqualTo(text);

        model.setRunVMArgs("-Dsallyport.edited=true");
        model.saveChangesTo(document);
        assertThat(document.get()).startsWith(text.stripTrailing()).contains("-runvm: -Dsallyport.edited=true");
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void theDescriptionOfABundleOpens(Path file) throws Exception {
        BndEditModel model = new BndEditModel();
        model.loadFrom(file.toFile());
        Properties plain = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            plain.load(in);
        }
        for (Map.Entry<Object, Object> line : plain.entrySet()) {
            assertThat(model.genericGet(line.getKey().toString()))
                    .as(line.getKey().toString())
                    .isNotNull();
        }
        try (Processor processor = new Processor()) {
            processor.setProperties(file.toFile());
            assertThat(processor.check())
                    .as("%s %s", processor.getErrors(), processor.getWarnings())
                    .isTrue();
        }
    }

    private static String shown(VersionedClause clause) {
        return clause.getName() + ";version='" + clause.getVersionRange() + "'";
    }

    /** The clauses of one instruction, read without bnd. */
    private static List<String> listed(Path file, String key) throws IOException {
        Properties all = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            all.load(in);
        }
        return Stream.of(all.getProperty(key, "").split(",(?=[a-z])"))
                .map(String::strip)
                .filter(clause -> !clause.isEmpty())
                .toList();
    }

    private static int required(Path file) throws IOException {
        int all = 0;
        for (String key : List.of("-runrequires", "-runrequires.boot", "-runrequires.core", "-runrequires.adapters")) {
            all += listed(file, key).size();
        }
        return all;
    }

    private static Stream<Path> files(String folder, String ending) {
        try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
            return all
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/node_modules/"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
