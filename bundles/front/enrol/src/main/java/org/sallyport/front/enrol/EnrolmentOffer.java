package org.sallyport.front.enrol;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.edge.Enrolment;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.edge.TlsIdentity;

/**
 * What this server offers to machines: the lines, the scripts, and the packages in {@code agents} of the distribution and of the data folder. Made anew when
 * the address or the certificate changes. Any thread.
 */
@Component(service = {Enrolment.class, EnrolmentOffer.class})
public final class EnrolmentOffer implements Enrolment {
    private static final String FOLDER = "agents";

    private final Packages packages;
    private final List<Script> scripts = List.of(Script.install(), Script.installOnWindows());
    private final Lines lines;
    private final String caPem;

    @Activate
    public EnrolmentOffer(
            BundleContext context,
            @Reference ServerAddress address,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) TlsIdentity tls) {
        this(
                Stream.of("sallyport.data", "sallyport.home")
                        .map(context::getProperty)
                        .flatMap(folder -> Optional.ofNullable(folder).stream())
                        .map(folder -> Path.of(folder, FOLDER))
                        .toList(),
                address,
                tls);
    }

    EnrolmentOffer(List<Path> folders, ServerAddress address, TlsIdentity tls) {
        this.packages = new Packages(folders);
        this.lines = new Lines(
                address,
                tls.caFingerprint(),
                scripts.get(0).sha256(),
                scripts.get(1).sha256());
        this.caPem = tls.caPem();
    }

    @Override
    public Map<String, String> lines(String activationId) {
        Map<String, String> whole = new LinkedHashMap<>(prefixes());
        whole.replaceAll((platform, prefix) -> Lines.whole(prefix, activationId));
        return whole;
    }

    /** The lines without an id. */
    Map<String, String> prefixes() {
        return lines.prefixes(packages.list());
    }

    Packages packages() {
        return packages;
    }

    /** One of the install scripts, by its content's hash. */
    Optional<Script> script(String sha256) {
        return scripts.stream().filter(one -> one.sha256().equals(sha256)).findFirst();
    }

    /** The certificate authority, PEM. */
    String caPem() {
        return caPem;
    }
}
