package dev.sealane.load;

/**
 * A part of a file's text.
 *
 * @param line of its first character, from 1
 * @param offset in bytes
 * @param length in bytes
 */
record Stretch(int line, int offset, int length) {
    int end() {
        return offset + length;
    }
}
