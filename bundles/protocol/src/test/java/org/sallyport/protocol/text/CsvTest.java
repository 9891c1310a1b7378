package org.sallyport.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @Test
    void cellsAreQuotedWhereTheyMustBe() {
        String rows = new Csv()
                .row(List.of("a", "b c", "", "1,5", "say \"no\""))
                .row(List.of("x"))
                .toString();

        assertThat(rows).isEqualTo("a,b c,,\"1,5\",\"say \"\"no\"\"\"\r\nx\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n@x"})
    void whatASpreadsheetWouldComputeIsText(String cell) {
        assertThat(new Csv().row(List.of(cell)).toString().replace("\"", "")).startsWith("'");
    }

    @Test
    void controlCharactersAreLeftOut() {
        assertThat(new Csv().row(List.of("a\nb\u0000\u001b[31mc")).toString()).isEqualTo("ab[31mc\r\n");
    }
}
