package org.sallyport.adapter.identity.local;

/**
 * Cost of a password hash.
 *
 * @param memoryKib memory of one hash, in KiB
 * @param iterations passes over the memory
 * @param parallelism lanes, which the hash depends on; they are computed one after the other
 */
record Argon2Settings(int memoryKib, int iterations, int parallelism) {
    static final int LEAST_MEMORY_KIB = 19 * 1024;
    static final int MOST_MEMORY_KIB = 1024 * 1024;
    static final int LEAST_ITERATIONS = 2;
    static final int MOST_ITERATIONS = 32;
    static final int MOST_PARALLELISM = 16;

    /** @throws IllegalArgumentException that names what is outside its limits */
    Argon2Settings {
        require("memory_kib", memoryKib, LEAST_MEMORY_KIB, MOST_MEMORY_KIB);
        require("iterations", iterations, LEAST_ITERATIONS, MOST_ITERATIONS);
        require("parallelism", parallelism, 1, MOST_PARALLELISM);
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be %d to %d, was %d".formatted(name, least, most, value));
        }
    }
}
