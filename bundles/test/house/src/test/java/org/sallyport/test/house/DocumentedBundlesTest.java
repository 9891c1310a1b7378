package org.sallyport.test.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sallyport.test.house.BuiltBundles.Built;

/** {@code docs/architecture.md} has a row for each bundle of ours that is built, and no other. */
class DocumentedBundlesTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "../../../docs/architecture.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(org\\.sallyport\\.[a-z.]+)` \\|");

    @Test
    void thePageNamesEachBundleAndNoOther() throws IOException {
        Set<String> built = Stream.concat(BuiltBundles.server().stream(), programs())
                .filter(Built::ours)
                .map(Built::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(built).hasSizeGreaterThan(20);
    }

    private static Stream<Built> programs() {
        return Stream.of("agent", "cli", "quickstart").flatMap(name -> BuiltBundles.program(name).stream());
    }
}
