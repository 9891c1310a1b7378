package org.sallyport.core.session;

import org.sallyport.api.edge.ServerAddress;

/** ARNs of what sessions are about, made of ids as given: existing or not. */
final class Arns {
    private Arns() {}

    static String node(ServerAddress address, String target) {
        return target.startsWith("i-")
                ? arn(address, "ec2", "instance/" + target)
                : arn(address, "ssm", "managed-instance/" + target);
    }

    static String session(ServerAddress address, String sessionId) {
        return arn(address, "ssm", "session/" + sessionId);
    }

    private static String arn(ServerAddress address, String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, address.region(), address.accountId(), resource);
    }
}
