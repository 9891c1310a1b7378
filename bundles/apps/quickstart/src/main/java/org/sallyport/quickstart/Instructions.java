package org.sallyport.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a person can type next, to copy and paste. */
record Instructions(Layout layout, Endpoints endpoints, String nodeId) {

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

                Credentials for the commands below (an administrator's; kept in %5$s):

                  export AWS_ACCESS_KEY_ID=$(sed -n 's/.*"accessKeyId" : "\\(.*\\)".*/\\1/p' %5$s)
                  export AWS_SECRET_ACCESS_KEY=$(sed -n 's/.*"secretAccessKey" : "\\(.*\\)".*/\\1/p' %5$s)
                  export AWS_REGION=%3$s AWS_DEFAULT_REGION=%3$s AWS_ENDPOINT_URL_SSM=%1$s AWS_CA_BUNDLE=%6$s SSL_CERT_FILE=%6$s

                A shell with Sallyport's command line:

                  %7$s/sallyport start-session --target %8$s

                The same with the AWS CLI and session-manager-plugin:

                  aws ssm start-session --target %8$s

                A second node: make an activation, then run this on the other machine and type the code:

                  aws ssm create-activation --iam-role SSMServiceRole
                  %7$s/sallyport-agent register --url %1$s --channel-url %2$s --region %3$s \\
                    --ca-fingerprint %9$s --id <ActivationId>

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
                Fingerprints.sha256(layout.certificateAuthority()));
        out.flush();
    }

    /** A path as one word of a shell, whatever stands in it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
