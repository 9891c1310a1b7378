import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Builds and tests the pages with Node and npm, unless nothing that they are made from has changed since the last time. Packages come from the
 * lock file alone, and none of their install scripts runs.
 *
 * <p>Arguments: the module's folder, {@code build} or {@code test}, {@code offline=true} when Maven is; {@code skip=} with anything but
 * {@code false} leaves the work out. A value that Maven does not know stays as it was written, {@code ${…}}, and counts as none.
 */
public final class WebBuild {
    private static final int OLDEST_NODE = 20;

    /** What the pages are not made from. */
    private static final Set<String> OTHER = Set.of("node_modules", "target", "src/main", "src/test", "src/build", "pom.xml", "bnd.bnd");

    private final Path module;
    private final boolean offline;

    private WebBuild(Path module, boolean offline) {
        this.module = module;
        this.offline = offline;
    }

    public static void main(String... args) throws Exception {
        List<String> options = List.of(args).subList(2, args.length);
        if (options.stream().anyMatch(WebBuild::skips)) {
            return;
        }
        WebBuild web = new WebBuild(Path.of(args[0]).toRealPath(), options.contains("offline=true"));
        if (args[1].equals("test")) {
            web.unlessDone("tested", web::test);
        } else {
            web.unlessDone("built", web::build);
        }
    }

    private static boolean skips(String option) {
        return option.startsWith("skip=") && !option.matches("skip=(false|\\$\\{.*)?");
    }

    private interface Work {
        void run() throws Exception;
    }

    private void unlessDone(String what, Work work) throws Exception {
        Path mark = module.resolve("target/web-" + what);
        String digest = digest();
        if (Files.exists(mark) && Files.readString(mark).equals(digest) && Files.isDirectory(module.resolve("target/web"))) {
            System.out.println("The pages are " + what + " already; nothing they are made from has changed.");
            return;
        }
        Files.deleteIfExists(mark);
        requireNode();
        installPackages();
        work.run();
        Files.createDirectories(mark.getParent());
        Files.writeString(mark, digest);
    }

    private void build() throws Exception {
        tool("prettier/bin/prettier.cjs", "--check", "--log-level", "warn", ".");
        tool("openapi-typescript/bin/cli.js", "src/api/openapi.json", "--check", "-o", "src/api/schema.d.ts");
        tool("typescript/bin/tsc", "--noEmit");
        tool("eslint/bin/eslint.js", ".", "--max-warnings", "0");
        tool("vite/bin/vite.js", "build", "--logLevel", "warn");
        run("node", "scripts/finish.mjs");
    }

    private void test() throws Exception {
        tool("vitest/vitest.mjs", "run", "--reporter=dot");
    }

    private void requireNode() throws Exception {
        String version;
        try {
            Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
            version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            node.waitFor();
        } catch (IOException e) {
            throw fail("The web console is built with Node, and there is no program 'node' on the PATH. Install Node " + OLDEST_NODE
                    + " or later with npm, or leave the console out: -pl '!:org.sallyport.front.console'.");
        }
        int major = version.matches("v\\d+\\..*") ? Integer.parseInt(version.substring(1, version.indexOf('.'))) : 0;
        if (major < OLDEST_NODE) {
            throw fail("The web console is built with Node " + OLDEST_NODE + " or later; 'node --version' says " + version + ".");
        }
    }

    /** Only when the lock file is another than the one that the folder was filled from. */
    private void installPackages() throws Exception {
        Path lock = module.resolve("package-lock.json");
        Path mark = module.resolve("node_modules/.sallyport-lock");
        String wanted = HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(lock)));
        if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
            return;
        }
        try {
            run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", offline ? "--offline" : "--prefer-offline");
        } catch (IOException e) {
            throw fail("The web console's packages are installed with npm, and there is no program 'npm' on the PATH. Install it beside Node.");
        }
        Files.writeString(mark, wanted);
    }

    private void tool(String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "node_modules/" + script));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(module.toFile()).inheritIO();
        builder.environment().put("CI", "true");
        builder.environment().put("NO_UPDATE_NOTIFIER", "1");
        int status = builder.start().waitFor();
        if (status != 0) {
            throw fail("'" + String.join(" ", command) + "' in " + module + " ended with " + status + "; what it printed says why.");
        }
    }

    private String digest() throws IOException {
        TreeSet<Path> inputs = new TreeSet<>();
        Files.walkFileTree(module, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return other(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!other(file)) {
                    inputs.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        MessageDigest all = sha256();
        for (Path input : inputs) {
            byte[] content = Files.readAllBytes(input);
            all.update((module.relativize(input) + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
            all.update(content);
        }
        return HexFormat.of().formatHex(all.digest());
    }

    private boolean other(Path path) {
        return OTHER.contains(module.relativize(path).toString().replace('\\', '/'));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException fail(String message) {
        System.err.println("\n" + message + "\n");
        System.exit(1);
        return new IllegalStateException(message);
    }
}
