package org.sallyport.test.bench.fleet;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;

/**
 * What the nodes sign and encrypt with: native code where it loads, as in an agent that is written in Go. They share their processors with
 * the server, so what Java's own code takes more for it would be taken from the server.
 */
public final class NodeCryptography {
    private NodeCryptography() {}

    /** From now on for this whole process; its name. */
    public static String use() {
        if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() != null) {
            return "Java's own";
        }
        AmazonCorrettoCryptoProvider.install();
        return "native, AWS-LC by " + AmazonCorrettoCryptoProvider.INSTANCE.getName() + " "
                + AmazonCorrettoCryptoProvider.INSTANCE.getVersionStr();
    }
}
