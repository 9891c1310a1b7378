package org.sallyport.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a person can type next, to copy and paste. */
record Instructions(Layout layout, Endpoints endpoints, String adminUser, String nodeId) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+-]+");

    void print(PrintStream out) throws IOException {
        String distro = quoted(layout.distribution().getParent());
        String target = nodeId.isEmpty() ? "<node id>" : nodeId;
        out.printf(
                """

                Sallyport is running. API %1$s, channels %2$s, region %3$s.
                %4$s

                The console, for a browser:

                  %1$s/console/

                Its certificate is signed by %6$s. The administrator's name and password:

                  sed -n 's/.*"admin\\(User\\|Password\\)" : //p' %5$s

                Sign in with the command line, as %10$s with the password that %5$s keeps:

                  sed -n 's/.*"adminPassword" : "\\(.*\\)".*/\\1/p' %5$s |
                    %7$s/sallyport login --url %1$s --ca-fingerprint %9$s --user %10$s --password-stdin

                Then a shell with Sallyport's command line:

                  %7$s/sallyport start-session --target %8$s

                The same with the AWS CLI and session-manager-plugin:

                  eval "$(%7$s/sallyport credentials --format env)"
                  aws ssm start-session --target %8$s

                %11$s

                Ctrl-C stops server and node.
                """,
                endpoints.api(),
                endpoints.channel(),
                endpoints.region(),
                nodeId.isEmpty() ? "No node was enrolled." : "This machine is the managed node " + nodeId + ".",
                quoted(layout.connection()),
                quoted(layout.certificateAuthority()),
                distro,
                target,
                Fingerprints.sha256(layout.certificateAuthority()),
                adminUser,
                secondNode(distro));
        out.flush();
    }

    private String secondNode(String distro) {
        if (!endpoints.forOthers()) {
            return """
                    A second node, and a browser elsewhere, need a name for this machine; "localhost" is none. Stop this and say

                      %s/run --host <name or address by which others reach this machine>"""
                    .formatted(distro);
        }
        return """
                A second node: Create activation in the console, or this, shows the line to run there. The machine needs nothing
                but a shell once %1$s/package-agent has made the agent's package:

                  %1$s/sallyport activations create --channel-url %2$s"""
                .formatted(distro, endpoints.channel());
    }

    /** A path as one word of a shell, whatever stands in it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
