package org.sallyport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class CliVersion implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = CliVersion.class.getResourceAsStream("cli.properties")) {
            if (in == null) {
                throw new IOException("cli.properties is missing from the jar; build it again");
            }
            properties.load(in);
        }
        return new String[] {"sallyport " + properties.getProperty("version")};
    }
}
