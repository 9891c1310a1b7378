package org.sallyport.protocol.enrol;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What makes the unmodified amazon-ssm-agent a managed node of a server: its configuration, that of its log, and a script that puts both into
 * place, lets the machine trust the server's authorities, and registers. No text holds an activation code: the script asks for it.
 *
 * @param api the API port, {@code https://host[:port]}; calls of nodes go there
 * @param channel the channel port, {@code https://host[:port]}; control and data channels go there
 * @param region the server's, at most 100 letters, digits and {@code -}
 * @param authorities certificates that sign the server's, PEM, one each; none when the machine believes the server already
 */
public record AmazonAgentSetup(URI api, URI channel, String region, List<String> authorities) {
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,300}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern ACTIVATION = Pattern.compile("[0-9a-f-]{36}");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]{1,100000}-----END CERTIFICATE-----\n");

    private static final String CONFIGURATION =
            """
            {
              "Ssm": { "Endpoint": "https://%1$s" },
              "Mds": { "Endpoint": "https://%1$s" },
              "Kms": { "Endpoint": "https://%1$s" },
              "Mgs": { "Endpoint": "https://%2$s" },
              "Profile": { "ShareCreds": false },
              "Agent": { "SelfUpdate": false, "TelemetryMetricsToSSM": false },
              "Identity": { "ConsumptionOrder": ["OnPrem"] }
            }
            """;

    private static final String LOG =
            """
            <seelog type="adaptive" mininterval="2000000" maxinterval="100000000" critmsgcount="500" minlevel="info">
              <exceptions><exception filepattern="test*" minlevel="error"/></exceptions>
              <outputs formatid="fmtinfo">
                <rollingfile type="size" filename="/var/log/amazon/ssm/amazon-ssm-agent.log" maxsize="30000000" maxrolls="5"/>
                <filter levels="error,critical" formatid="fmterror">
                  <rollingfile type="size" filename="/var/log/amazon/ssm/errors.log" maxsize="10000000" maxrolls="5"/>
                </filter>
              </outputs>
              <formats>
                <format id="fmterror" format="%Date %Time %LEVEL [%FuncShort @ %File.%Line] %Msg%n"/>
                <format id="fmtinfo" format="%Date %Time %LEVEL %Msg%n"/>
              </formats>
            </seelog>
            """;

    private static final String SCRIPT =
            """
            #!/bin/sh
            # Makes this machine a managed node of @API@, with the amazon-ssm-agent that is installed here.
            # Run it as root. It asks for the activation code, or takes it from SALLYPORT_ACTIVATION_CODE.
            set -eu
            fail() { echo "$1" >&2; exit 1; }
            [ "$(id -u)" = 0 ] || fail "Run this as root."
            command -v amazon-ssm-agent >/dev/null || fail "amazon-ssm-agent is not installed, or not on the PATH."

            folder=/etc/amazon/ssm
            mkdir -p "$folder"
            for file in amazon-ssm-agent.json seelog.xml; do
              [ ! -f "$folder/$file" ] || [ -f "$folder/$file.before" ] || mv "$folder/$file" "$folder/$file.before"
            done
            cat >"$folder/amazon-ssm-agent.json" <<'END'
            @CONFIGURATION@END
            cat >"$folder/seelog.xml" <<'END'
            @LOG@END
            @TRUST@
            code=${SALLYPORT_ACTIVATION_CODE:-}
            if [ -z "$code" ]; then
              printf 'Activation code: ' >&2
              if [ -t 0 ]; then stty -echo; trap 'stty echo' EXIT; fi
              read -r code
              if [ -t 0 ]; then stty echo; trap - EXIT; echo >&2; fi
            fi
            amazon-ssm-agent -register -y -id @ACTIVATION@ -code "$code" -region @REGION@
            if [ -d /run/systemd/system ]; then
              systemctl restart amazon-ssm-agent
            else
              echo "Registered. Start amazon-ssm-agent now; one that runs has to be started again." >&2
            fi
            """;

    private static final String TRUST =
            """

            # amazon-ssm-agent believes what the machine believes
            if command -v update-ca-certificates >/dev/null; then
              trusted=/usr/local/share/ca-certificates update=update-ca-certificates
            elif command -v update-ca-trust >/dev/null; then
              trusted=/etc/pki/ca-trust/source/anchors update=update-ca-trust
            else
              fail "Neither update-ca-certificates nor update-ca-trust is here: install ca-certificates."
            fi
            mkdir -p "$trusted"
            @FILES@"$update" >&2
            """;

    /** @throws IllegalArgumentException a value cannot be right, or would not be safe in a script; the text says which */
    public AmazonAgentSetup {
        require("API address", https(api), AUTHORITY);
        require("channel address", https(channel), AUTHORITY);
        require("region", region, REGION);
        authorities = List.copyOf(authorities);
        authorities.forEach(pem -> require("certificate", pem, PEM));
    }

    /** {@code amazon-ssm-agent.json}. */
    public String configuration() {
        return CONFIGURATION.formatted(api.getRawAuthority(), channel.getRawAuthority());
    }

    /** {@code seelog.xml}: files of at most 200 MB in all, errors in one of their own. */
    public String log() {
        return LOG;
    }

    /**
     * For {@code sh}, run as root on Linux.
     *
     * @param activationId 36 characters, as the agent wants it
     * @throws IllegalArgumentException the activation id is none
     */
    public String script(String activationId) {
        require("activation id", activationId, ACTIVATION);
        return SCRIPT.replace("@API@", "https://" + api.getRawAuthority())
                .replace("@CONFIGURATION@", configuration())
                .replace("@LOG@", log())
                .replace("@TRUST@", trust())
                .replace("@ACTIVATION@", activationId)
                .replace("@REGION@", region);
    }

    private String trust() {
        if (authorities.isEmpty()) {
            return "";
        }
        String files = IntStream.range(0, authorities.size())
                .mapToObj(
                        i -> "cat >\"$trusted/sallyport-%d.crt\" <<'END'\n%sEND\n".formatted(i + 1, authorities.get(i)))
                .collect(Collectors.joining());
        return TRUST.replace("@FILES@", files);
    }

    private static String https(URI address) {
        return "https".equals(address.getScheme()) ? address.getRawAuthority() : null;
    }

    private static void require(String what, String value, Pattern form) {
        if (value == null || !form.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The " + what + " is not of the form that amazon-ssm-agent can be given");
        }
    }
}
