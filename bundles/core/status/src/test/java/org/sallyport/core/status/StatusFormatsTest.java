package org.sallyport.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.status.ServerStatus.Unsatisfied;
import org.sallyport.protocol.json.JsonText;

class StatusFormatsTest {
    @Test
    void onlyAServerWithoutAnythingRefusedStoppedOrUnsatisfiedIsHealthy() {
        assertThat(Samples.healthy().healthy()).isTrue();
        assertThat(Samples.refusing("bad.jar: it does not resolve").healthy()).isFalse();
        assertThat(Samples.unsatisfied(new Unsatisfied("c", "b", "w")).healthy())
                .isFalse();
        assertThat(Samples.notReady("no transport listens").healthy()).isFalse();
        assertThat(Samples.stopped().healthy()).isFalse();
    }

    @Test
    void jsonHasEachPartUnderItsName() {
        JsonNode json = JsonText.ownValue(StatusJson.of(Samples.healthy()));

        assertThat(json.at("/healthy").booleanValue()).isTrue();
        assertThat(json.at("/parts/store/reachable").booleanValue()).isTrue();
        assertThat(json.at("/parts/store/kind").textValue()).isEqualTo("H2");
        assertThat(json.at("/listeners/0/port").intValue()).isEqualTo(8444);
        assertThat(json.at("/plugins/0/version").textValue()).isEqualTo("0.1.0");
        assertThat(json.at("/plugins/0/problem").isNull()).isTrue();
        assertThat(json.at("/bundles/0/state").textValue()).isEqualTo("active");
    }

    @Test
    void textNamesWhatIsWrongAndWhy() {
        assertThat(StatusText.of(Samples.refusing("bad.jar: it does not resolve: org.nowhere")))
                .startsWith("Sallyport 0.1.0, up 2 h 5 min: ready, but not all is well\n")
                .contains("tier.aws 0.1.0 refused: bad.jar: it does not resolve: org.nowhere");
        assertThat(StatusText.of(Samples.unsatisfied(new Unsatisfied("comp", "bundle", "no service x.Y"))))
                .contains("comp: no service x.Y");
        assertThat(StatusText.of(Samples.notReady("no transport listens")))
                .contains("NOT READY")
                .contains("  no transport listens\n");
    }

    @Test
    void whatOthersWroteCannotMoveTheTerminalsCursor() {
        assertThat(StatusText.of(Samples.refusing("evil\u001b[2Jname\nfake line")))
                .doesNotContain("\u001b")
                .doesNotContain("\nfake line");
    }
}
