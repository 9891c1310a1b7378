package org.sallyport.front.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;

/**
 * The files of the console, found once when the bundle starts. A request's path is looked up as it is and never becomes a path of
 * anything else, so it can reach no other file. Immutable.
 */
final class Pages {
    private static final String ROOT = "/web/";

    /** Folder of the files whose names change with their content. */
    private static final String HASHED = "assets/";

    /** Content codings in the order of their worth, with the endings of the files that have them. */
    private static final Map<String, String> CODINGS = codings();

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2",
            "woff", "font/woff");

    private final Map<String, Page> pages = new HashMap<>();

    /** @param files all files by their paths below the console's root */
    Pages(Map<String, URL> files) {
        files.forEach((path, url) -> {
            String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
            if (type != null) {
                boolean hashed = path.startsWith(HASHED);
                String tag = hashed ? path.substring(HASHED.length()) : digest(url);
                pages.put(path, new Page(type, tag, hashed, forms(files, path)));
            }
        });
    }

    static Pages of(Bundle bundle) {
        Map<String, URL> files = new HashMap<>();
        var entries = bundle.findEntries(ROOT, "*", true);
        while (entries != null && entries.hasMoreElements()) {
            URL url = entries.nextElement();
            if (!url.getPath().endsWith("/")) {
                files.put(url.getPath().substring(ROOT.length()), url);
            }
        }
        return new Pages(files);
    }

    /** @param path below the console's root, without a slash at its begin */
    Optional<Page> find(String path) {
        return Optional.ofNullable(pages.get(path));
    }

    /** The codings that a page may have, best first. */
    static Collection<String> preferred() {
        return CODINGS.keySet();
    }

    private static Map<String, URL> forms(Map<String, URL> files, String path) {
        Map<String, URL> forms = new HashMap<>();
        forms.put(Page.IDENTITY, files.get(path));
        CODINGS.forEach((coding, ending) -> {
            URL form = files.get(path + ending);
            if (form != null) {
                forms.put(coding, form);
            }
        });
        return Map.copyOf(forms);
    }

    private static String digest(URL url) {
        try (InputStream in = url.openStream()) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }

    private static Map<String, String> codings() {
        Map<String, String> codings = new LinkedHashMap<>();
        codings.put("br", ".br");
        codings.put("gzip", ".gz");
        return codings;
    }
}
