package org.sallyport.test.chaos;

/** How a connection breaks. */
enum CutKind {
    /** Both sides get a reset. */
    RESET,
    /** Both sides get an end of stream; what was on its way arrives. */
    FINISH,
    /** Bytes vanish for seconds while both sides believe in the connection; then both get a reset. */
    BLACK_HOLE,
    /** One side gets a reset, the other believes in the connection for seconds more. */
    HALF
}
