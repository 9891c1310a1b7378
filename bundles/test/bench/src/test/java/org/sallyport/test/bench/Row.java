package org.sallyport.test.bench;

import java.util.Optional;

/**
 * One figure. Without a counterpart, {@code peer} and {@code again} are empty.
 *
 * @param what what was measured
 * @param unit of the values
 * @param ours our value
 * @param peer the counterpart's, in the same run
 * @param again the counterpart's once more: how far it is from {@code peer} is the noise of the machine
 * @param goal what architecture asks for
 * @param note what has to be known to read it
 */
record Row(
        String what,
        String unit,
        double ours,
        Optional<Double> peer,
        Optional<Double> again,
        String goal,
        String note) {

    static Row alone(String what, String unit, double ours, String goal, String note) {
        return new Row(what, unit, ours, Optional.empty(), Optional.empty(), goal, note);
    }

    static Row beside(String what, String unit, double ours, double peer, double again, String goal, String note) {
        return new Row(what, unit, ours, Optional.of(peer), Optional.of(again), goal, note);
    }

    /** Ours over the middle of both measurements of the counterpart. */
    Optional<Double> ratio() {
        return peer.map(first -> ours / ((first + again.orElse(first)) / 2));
    }

    /** The counterpart over itself, so 1.00 is a quiet machine. */
    Optional<Double> noise() {
        return peer.flatMap(first -> again.map(second -> second / first));
    }
}
