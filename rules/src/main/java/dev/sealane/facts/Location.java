package dev.sealane.facts;

/**
 * A stretch of a file's text. Lines and columns count from 1, columns in Unicode code points; the end is exclusive.
 *
 * @param file as {@link Origin#file}
 */
public record Location(String file, int line, int column, int endLine, int endColumn) {
    /** {@code file:line}. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
