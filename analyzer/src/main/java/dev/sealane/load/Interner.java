package dev.sealane.load;

import java.util.concurrent.ConcurrentHashMap;

/** Keeps one of each of the values that repeat from object to object: label sets, pod specs, names. */
final class Interner {
    private final ConcurrentHashMap<Object, Object> known = new ConcurrentHashMap<>();

    @SuppressWarnings("unchecked") // an equal object of a record or String has the same class
    <T> T intern(T value) {
        // Nearly all are known, and looking one up takes no lock.
        Object before = known.get(value);
        if (before == null) {
            before = known.putIfAbsent(value, value);
        }
        return before == null ? value : (T) before;
    }
}
