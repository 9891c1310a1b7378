package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/cli.md} holds the help as it is. With {@code -Dsallyport.docs.write=true} it is written. */
class ReferenceTest {
    private static final String MARK =
            "<!-- what follows is the help of the commands, kept in step by ReferenceTest -->\n";
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "../../../docs/cli.md");

    @Test
    void thePageHoldsTheHelpOfEachCommand() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains(MARK);
        String prose = page.substring(0, page.indexOf(MARK) + MARK.length());
        CommandLine line =
                Main.commandLine(new Surroundings(Map.of("HOME", "/home/ann"), new ByteArrayInputStream(new byte[0])));
        StringBuilder help = new StringBuilder(prose);
        describe(line, help);

        if (Boolean.getBoolean("sallyport.docs.write")) {
            Files.writeString(PAGE, help);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(help.toString());
    }

    private static void describe(CommandLine line, StringBuilder help) {
        line.setUsageHelpWidth(110);
        help.append("\n## ").append(line.getCommandSpec().qualifiedName()).append("\n\n```\n");
        line.getUsageMessage(Ansi.OFF).lines().map(String::stripTrailing).forEach(one -> help.append(one)
                .append('\n'));
        help.append("```\n");
        line.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .forEach(command -> describe(command, help));
    }
}
