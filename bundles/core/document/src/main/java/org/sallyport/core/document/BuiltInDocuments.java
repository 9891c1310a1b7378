package org.sallyport.core.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.document.DocumentError;
import org.sallyport.api.document.Documents;
import org.sallyport.api.document.SessionDocument;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;

/** The documents that come with the server, read from this bundle. A document is found by its name or its ARN. */
@Component(service = Documents.class)
public final class BuiltInDocuments implements Documents {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_\\-.:/]{3,128}");
    private static final String AWS_OWNED = "AWS-";
    private static final int MAX_SHOWN = 128;

    private final String region;
    private final String accountId;
    private final Map<String, ParsedDocument> documents;

    @Activate
    public BuiltInDocuments(@Reference ServerAddress address) {
        this(address.region(), address.accountId(), Map.of(DEFAULT, read(DEFAULT)));
    }

    BuiltInDocuments(String region, String accountId, Map<String, ParsedDocument> documents) {
        this.region = region;
        this.accountId = accountId;
        this.documents = Map.copyOf(documents);
    }

    @Override
    public String arn(String name) {
        if (name.startsWith("arn:")) {
            return name;
        }
        String owner = name.startsWith(AWS_OWNED) ? "" : accountId;
        return "arn:aws:ssm:%s:%s:document/%s".formatted(region, owner, name);
    }

    @Override
    public SessionDocument.Resolved resolve(String name, Map<String, List<String>> parameters) {
        if (!NAME.matcher(name).matches()) {
            throw unknown(name);
        }
        String shortName = name.substring(name.startsWith("arn:") ? name.lastIndexOf('/') + 1 : 0);
        ParsedDocument document = documents.get(shortName);
        if (document == null || !arn(shortName).equals(arn(name))) {
            throw unknown(name);
        }
        return document.resolve(shortName, arn(shortName), parameters);
    }

    private static SallyportException unknown(String name) {
        String shown = name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
        return new SallyportException(
                DocumentError.DOCUMENT_UNKNOWN, "Document with name %s does not exist.".formatted(shown));
    }

    private static ParsedDocument read(String name) {
        String resource = "/documents/" + name + ".json";
        try (InputStream in = BuiltInDocuments.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing in the bundle");
            }
            return DocumentParser.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
