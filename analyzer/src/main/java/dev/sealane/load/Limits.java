package dev.sealane.load;

/**
 * How much is read before Sealane refuses. Loading stays linear in the input and in bounded memory; what an archive or a
 * document can make of few bytes is what is limited.
 *
 * @param document bytes of one document or list item
 * @param expanded bytes of all that is in one archive
 * @param ratio of bytes in an archive to bytes of the archive, once {@code suspicious} bytes were read
 * @param suspicious bytes in an archive before its ratio counts
 * @param whole bytes of what is kept in memory as a whole: standard input, another pipe, a file that is redacted
 * @param members files in one archive
 * @param aliased values that the aliases of one document stand for
 */
public record Limits(int document, long expanded, int ratio, long suspicious, int whole, int members, long aliased) {
    public static final Limits DEFAULT =
            new Limits(64 << 20, 16L << 30, 200, 256L << 20, 1 << 30, 1_000_000, 1_000_000);

    /** Each limit so many times as high. */
    public Limits times(int factor) {
        return new Limits(
                (int) Math.min(1 << 30, (long) document * factor),
                expanded * factor,
                ratio * factor,
                suspicious,
                (int) Math.min(Integer.MAX_VALUE - 64, (long) whole * factor),
                (int) Math.min(Integer.MAX_VALUE, (long) members * factor),
                aliased * factor);
    }
}
