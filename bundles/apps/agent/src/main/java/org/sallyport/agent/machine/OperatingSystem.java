package org.sallyport.agent.machine;

import java.util.Locale;

/** What the agent runs on. */
public enum OperatingSystem {
    LINUX("Linux", "linux"),
    MACOS("MacOS", "darwin"),
    WINDOWS("Windows", "windows");

    private final String platformType;
    private final String channelName;

    OperatingSystem(String platformType, String channelName) {
        this.platformType = platformType;
        this.channelName = channelName;
    }

    /** Of this machine. */
    public static OperatingSystem current() {
        return of(System.getProperty("os.name", ""));
    }

    /** @param name as Java gives it; what is not known is taken for a Linux */
    static OperatingSystem of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("windows")) {
            return WINDOWS;
        }
        return lower.startsWith("mac") ? MACOS : LINUX;
    }

    /** As AWS's API names it in {@code PlatformType}. */
    public String platformType() {
        return platformType;
    }

    /** As the first frame of a control channel names it. */
    public String channelName() {
        return channelName;
    }
}
