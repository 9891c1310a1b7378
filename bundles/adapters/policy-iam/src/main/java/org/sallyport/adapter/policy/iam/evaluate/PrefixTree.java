package org.sallyport.adapter.policy.iam.evaluate;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Values by text, found by any longer text: a walk costs the length of that text at most, however many values there are. Filled by one thread,
 * then read by many.
 */
final class PrefixTree<T> {
    private final Node<T> root = new Node<>("");

    private static final class Node<T> {
        private String label;
        private T value;
        private char[] firsts = {};
        private Node<T>[] children = array(0);

        Node(String label) {
            this.label = label;
        }

        @SuppressWarnings("unchecked")
        private static <T> Node<T>[] array(int length) {
            return (Node<T>[]) new Node<?>[length];
        }

        Node<T> child(char first) {
            int at = Arrays.binarySearch(firsts, first);
            return at < 0 ? null : children[at];
        }

        void add(Node<T> child) {
            char first = child.label.charAt(0);
            int at = -Arrays.binarySearch(firsts, first) - 1;
            char[] moreFirsts = Arrays.copyOf(firsts, firsts.length + 1);
            Node<T>[] moreChildren = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(firsts, at, moreFirsts, at + 1, firsts.length - at);
            System.arraycopy(children, at, moreChildren, at + 1, children.length - at);
            moreFirsts[at] = first;
            moreChildren[at] = child;
            firsts = moreFirsts;
            children = moreChildren;
        }

        /** Puts a node above its children and value that keeps the first characters of the label only. */
        void split(int length) {
            Node<T> lower = new Node<>(label.substring(length));
            lower.value = value;
            lower.firsts = firsts;
            lower.children = children;
            label = label.substring(0, length);
            value = null;
            firsts = new char[0];
            children = array(0);
            add(lower);
        }
    }

    /** The value of exactly that text. */
    T at(String text, Supplier<T> fresh) {
        Node<T> node = root;
        int at = 0;
        while (at < text.length()) {
            Node<T> child = node.child(text.charAt(at));
            if (child == null) {
                child = new Node<>(text.substring(at));
                node.add(child);
            }
            int shared = shared(child.label, text, at);
            if (shared < child.label.length()) {
                child.split(shared);
            }
            at += shared;
            node = child;
        }
        if (node.value == null) {
            node.value = fresh.get();
        }
        return node.value;
    }

    private static int shared(String label, String text, int from) {
        int most = Math.min(label.length(), text.length() - from);
        int i = 0;
        while (i < most && label.charAt(i) == text.charAt(from + i)) {
            i++;
        }
        return i;
    }

    /** Gives every value whose text the given one starts with, counted from a position. */
    void walk(String text, int from, Consumer<T> found) {
        Node<T> node = root;
        int at = from;
        while (node != null) {
            if (node.value != null) {
                found.accept(node.value);
            }
            node = at < text.length() ? node.child(text.charAt(at)) : null;
            if (node != null) {
                if (!text.startsWith(node.label, at)) {
                    return;
                }
                at += node.label.length();
            }
        }
    }
}
