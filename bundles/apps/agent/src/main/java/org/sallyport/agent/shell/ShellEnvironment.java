package org.sallyport.agent.shell;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a shell sees: a fixed list of names. Of the agent's own environment only {@code LANG} and {@code TZ} pass, which describe the
 * machine, and only when they look like a locale and a time zone.
 */
public final class ShellEnvironment {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_+./:@-]{1,64}");

    private ShellEnvironment() {}

    public static Map<String, String> of(Account account, Map<String, String> agent) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", PATH);
        environment.put("HOME", account.home().toString());
        environment.put("USER", account.name());
        environment.put("LOGNAME", account.name());
        environment.put("SHELL", account.shell().toString());
        environment.put("TERM", "xterm-256color");
        environment.put("LANG", plain(agent.get("LANG"), "C.UTF-8"));
        String zone = plain(agent.get("TZ"), "");
        if (!zone.isEmpty()) {
            environment.put("TZ", zone);
        }
        return environment;
    }

    private static String plain(String value, String otherwise) {
        return value != null && PLAIN.matcher(value).matches() ? value : otherwise;
    }
}
