package org.sallyport.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class AgentVersion implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"sallyport-agent " + current()};
    }

    /** Numbers with dots, as clients and servers compare it with those of the amazon-ssm-agent. */
    static String current() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = AgentVersion.class.getResourceAsStream("agent.properties")) {
            if (in == null) {
                throw new IOException("agent.properties is missing from the agent's jar; build it again");
            }
            properties.load(in);
        }
        return properties.getProperty("version");
    }
}
