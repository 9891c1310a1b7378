package org.sallyport.agent;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsServiceTest {
    @Test
    void anAgentThatCannotRunIsAFailureForTheServiceManager(@TempDir Path folder) {
        assertThatThrownBy(() -> WindowsService.start(
                        new String[] {"run", "--data", folder.resolve("missing").toString()}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("status 1");
    }
}
