package dev.sealane.load;

/**
 * Something in the input that was not read.
 *
 * @param line where it starts, 0 if it is the whole file
 * @param count of how many files or documents this is said
 * @param reason a clause, such as {@code not a Kubernetes object: it has no kind}
 */
public record Skipped(String file, int line, int count, String reason) {
    /** One file or document. */
    public Skipped(String file, int line, String reason) {
        this(file, line, 1, reason);
    }
}
