package dev.sealane.load;

/** Text that is not YAML or JSON, or exceeds a limit. The message is a clause for people, without values of the text. */
class SyntaxError extends Exception {
    private static final long serialVersionUID = 1;

    /** Line and column from 1, in the file; 0 if not worked out. */
    final int line;

    final int column;

    SyntaxError(String message, int line, int column) {
        super(message, null, false, false);
        this.line = line;
        this.column = column;
    }

    /** The text ends where it cannot. */
    static final class CutOff extends SyntaxError {
        private static final long serialVersionUID = 1;

        CutOff(String message, int line, int column) {
            super(message, line, column);
        }
    }

    /** More than Sealane reads. */
    static final class TooMuch extends SyntaxError {
        private static final long serialVersionUID = 1;

        TooMuch(SyntaxError error) {
            super(error.getMessage(), error.line, error.column);
        }
    }

    /** An alias without an anchor in the same stretch. */
    static final class UnknownAlias extends SyntaxError {
        private static final long serialVersionUID = 1;

        UnknownAlias(SyntaxError error) {
            super(error.getMessage(), error.line, error.column);
        }
    }
}
