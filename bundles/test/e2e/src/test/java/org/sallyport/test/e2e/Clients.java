package org.sallyport.test.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** AWS's own SDK, pointed at the running system. */
final class Clients {
    private Clients() {}

    static SsmClient ssm(LiveSystem live) {
        return ssm(live, live.get("accessKeyId"), live.get("secretAccessKey"));
    }

    static SsmClient ssm(LiveSystem live, String accessKeyId, String secretAccessKey) {
        return ssm(live, AwsBasicCredentials.create(accessKeyId, secretAccessKey));
    }

    static SsmClient ssm(LiveSystem live, AwsCredentials credentials) {
        return SsmClient.builder()
                .endpointOverride(live.api())
                .region(Region.of(live.get("region")))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(http(live))
                .build();
    }

    static StsClient sts(LiveSystem live) {
        return sts(live, AwsBasicCredentials.create(live.get("accessKeyId"), live.get("secretAccessKey")));
    }

    static StsClient sts(LiveSystem live, AwsCredentials credentials) {
        return StsClient.builder()
                .endpointOverride(URI.create(live.get("sts")))
                .region(Region.of(live.get("region")))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(http(live))
                .build();
    }

    static IamClient iam(LiveSystem live) {
        return iam(live, AwsBasicCredentials.create(live.get("accessKeyId"), live.get("secretAccessKey")));
    }

    static IamClient iam(LiveSystem live, AwsCredentials credentials) {
        return IamClient.builder()
                .endpointOverride(live.api())
                .region(Region.of(live.get("region")))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(http(live))
                .build();
    }

    private static SdkHttpClient http(LiveSystem live) {
        TrustManagerFactory trust = trust(Path.of(live.get("ca")));
        return UrlConnectionHttpClient.builder()
                .socketTimeout(Duration.ofSeconds(30))
                .tlsTrustManagersProvider(trust::getTrustManagers)
                .build();
    }

    static TrustManagerFactory trust(Path ca) {
        try (InputStream in = Files.newInputStream(ca)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
