package org.sallyport.test.bench;

import java.util.List;

/** {@code seed}: fills a store. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        try {
            if (words.isEmpty()) {
                throw new IllegalArgumentException("bench needs a command: seed");
            }
            List<String> rest = words.subList(1, words.size());
            switch (words.get(0)) {
                case "seed" -> Seed.run(Seed.plan(rest));
                default -> throw new IllegalArgumentException("There is no command " + words.get(0));
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
