package org.sallyport.test.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each list of the console shows the rows that the API has, opened and with each filter. No time is asserted. */
class BrowserListsIT {
    @Test
    void eachListShowsWhatItsFilterAsksFor() throws Exception {
        assumeTrue(
                BrowserLists.missing().isEmpty(),
                () -> "SKIPPED: " + BrowserLists.missing().orElseThrow());
        List<String> figures = new ArrayList<>();

        BrowserLists.measure(1, figures::add);

        figures.forEach(System.out::println);
        assertThat(figures).hasSizeGreaterThan(15);
    }
}
