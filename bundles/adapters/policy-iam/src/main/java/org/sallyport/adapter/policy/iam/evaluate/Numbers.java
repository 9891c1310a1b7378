package org.sallyport.adapter.policy.iam.evaluate;

import java.util.Arrays;

/** A growing list of statement numbers, without a box around each. */
final class Numbers {
    private int[] numbers = new int[2];
    private int size;

    void add(int number) {
        if (size > 0 && numbers[size - 1] == number) {
            return;
        }
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return numbers[index];
    }
}
