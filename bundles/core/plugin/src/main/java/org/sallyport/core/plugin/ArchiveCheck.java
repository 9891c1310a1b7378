package org.sallyport.core.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Bounds of a jar: number of entries, real size, ratio, plain names. Everything is inflated once, so sizes in headers are not believed. */
final class ArchiveCheck {
    /** Longest jar, and most bytes that its entries may have together. */
    static final long MAX_BYTES = 64L * 1024 * 1024;

    static final int MAX_ENTRIES = 10_000;
    /** Above this size an entry may be at most {@value #MAX_RATIO} times as long as its compressed form. */
    private static final long RATIO_FROM_BYTES = 1024L * 1024;

    private static final int MAX_RATIO = 100;
    private static final int MAX_NAME_CHARS = 512;
    private static final int MAX_MANIFEST_BYTES = 256 * 1024;

    private ArchiveCheck() {}

    /** Checks the archive and returns its manifest. */
    static Manifest check(Path jar) throws RefusedException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.size() > MAX_ENTRIES) {
                throw new RefusedException("it has %d entries, the limit is %d".formatted(zip.size(), MAX_ENTRIES));
            }
            long length = Files.size(jar);
            long total = 0;
            Set<String> names = new HashSet<>();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                name(entry.getName());
                if (!names.add(entry.getName())) {
                    throw new RefusedException("it has the entry %s twice".formatted(shown(entry.getName())));
                }
                total += inflate(zip, entry, MAX_BYTES - total, length);
            }
            return manifest(zip);
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException("it is not a complete jar (%s)".formatted(e.getMessage()), e);
        }
    }

    private static void name(String name) throws RefusedException {
        boolean plain = !name.isEmpty()
                && name.length() <= MAX_NAME_CHARS
                && !name.startsWith("/")
                && name.indexOf('\\') < 0
                && name.chars().noneMatch(Character::isISOControl)
                && List.of(name.split("/")).stream().noneMatch(part -> part.equals("..") || part.equals("."));
        if (!plain) {
            throw new RefusedException("its entry %s is no plain relative path".formatted(shown(name)));
        }
    }

    private static long inflate(ZipFile zip, ZipEntry entry, long allowed, long archiveLength)
            throws IOException, RefusedException {
        long compressed = Math.max(1, Math.min(entry.getCompressedSize(), archiveLength));
        long count = 0;
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count += read;
                crc.update(buffer, 0, read);
                if (count > allowed) {
                    throw new RefusedException("its entries have more than %d bytes together".formatted(MAX_BYTES));
                }
                if (count > RATIO_FROM_BYTES && count > compressed * MAX_RATIO) {
                    throw new RefusedException("its entry %s is compressed more than %d times"
                            .formatted(shown(entry.getName()), MAX_RATIO));
                }
            }
        }
        // ZipFile itself does not look at it
        if (crc.getValue() != entry.getCrc()) {
            throw new IOException("the checksum of %s is wrong".formatted(shown(entry.getName())));
        }
        return count;
    }

    private static Manifest manifest(ZipFile zip) throws IOException, RefusedException {
        ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            throw new RefusedException("it has no " + JarFile.MANIFEST_NAME);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_MANIFEST_BYTES + 1);
            if (bytes.length > MAX_MANIFEST_BYTES) {
                throw new RefusedException("its manifest is longer than %d bytes".formatted(MAX_MANIFEST_BYTES));
            }
            return new Manifest(new ByteArrayInputStream(bytes));
        }
    }

    private static String shown(String name) {
        String safe = name.replaceAll("\\p{Cntrl}", "?");
        return safe.length() > 80 ? safe.substring(0, 80) + "…" : safe;
    }
}
