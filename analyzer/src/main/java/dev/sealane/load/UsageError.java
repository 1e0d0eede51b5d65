package dev.sealane.load;

/** The user's mistake: no such path, a bad flag. The message alone is printed, and the exit code is 2. */
public final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageError(String message) {
        super(message);
    }
}
