package org.sallyport.core.plugin;

import java.util.Comparator;
import java.util.Optional;

/**
 * What is known of one file in the folder.
 *
 * @param jar what it holds, if that could be read
 * @param claims symbolic name that it stands for; when a file turns bad, the one it stood for before, so that nothing is removed
 * @param refusal why it does not run; holds until the file changes
 */
record FileState(
        String name,
        PluginFolder.Stamp stamp,
        Optional<PluginJar> jar,
        Optional<String> claims,
        Optional<String> refusal) {
    /** Newest file first, then highest version. */
    static final Comparator<FileState> NEWEST_FIRST = Comparator.comparing(
                    (FileState file) -> file.stamp().modified())
            .thenComparing(file -> file.jar().orElseThrow().version())
            .thenComparing(FileState::name)
            .reversed();

    FileState refused(String reason) {
        return new FileState(name, stamp, jar, claims, Optional.of(reason));
    }

    FileState forgiven() {
        return new FileState(name, stamp, jar, claims, Optional.empty());
    }
}
