package org.sallyport.front.aws;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;

/** AWS's own SDK, which signs, writes and reads; between it and the dispatcher is no network. */
final class AwsClients {
    private static final URI ENDPOINT = URI.create("https://gate.example.org:8443");
    private static final StaticCredentialsProvider KEY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KnownKeyVerifier.KEY, KnownKeyVerifier.SECRET));

    private AwsClients() {}

    static IamClient iam(Front front) {
        return IamClient.builder()
                .endpointOverride(ENDPOINT)
                .region(Region.of("onprem-1"))
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .credentialsProvider(KEY)
                .httpClient(new DirectHttp(front.dispatcher))
                .build();
    }

    static StsClient sts(Front front) {
        return StsClient.builder()
                .endpointOverride(ENDPOINT)
                .region(Region.of("onprem-1"))
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .credentialsProvider(KEY)
                .httpClient(new DirectHttp(front.dispatcher))
                .build();
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
