package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class SessionCountsTest {
    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = new Fixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void liveSessionsAreCountedByStateAndThoseThatAreOverAreNot() {
        String over = fixture.start().sessionId();
        fixture.start();
        fixture.start();
        fixture.engine.ownership().terminate(Fixture.ANN, over);

        assertThat(SessionCounts.read(fixture.transactions).facts())
                .containsEntry("active", 2L)
                .containsEntry("connecting", 2L)
                .containsEntry("connected", 0L)
                .doesNotContainKey("terminated");
    }
}
