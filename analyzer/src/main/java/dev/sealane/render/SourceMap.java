package dev.sealane.render;

import dev.sealane.facts.Location;
import dev.sealane.load.Rendered;
import dev.sealane.render.TemplateLine.Fit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the places of rendered text were written. Not for several threads. */
final class SourceMap {
    /** A longer source is not aligned, in bytes. */
    private static final long LONG = 4 << 20;

    /**
     * A document of rendered text, and where it was written.
     *
     * @param first its first line, from 1
     * @param last its last line
     * @param file the name of its source in locations
     * @param from the first line of the source that it may have been made from
     * @param to the last one
     */
    record Piece(int first, int last, String file, Path path, int from, int to) {}

    private final List<String> lines;
    private final List<Piece> pieces;
    private final Map<Piece, Alignment> alignments = new HashMap<>();

    private SourceMap(List<String> lines, List<Piece> pieces) {
        this.lines = lines;
        this.pieces = pieces;
    }

    /** @param pieces those whose source is known, in the order of the text */
    static Rendered map(String name, byte[] text, List<Piece> pieces) {
        SourceMap map = new SourceMap(lines(text), pieces);
        Map<String, Path> sources = new HashMap<>();
        pieces.forEach(piece -> sources.put(piece.file, piece.path));
        return new Rendered(name, text, sources, map::written);
    }

    static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }

    /** The lines of a source; none if it cannot be read, or is too long. */
    static List<String> lines(Path source) {
        try {
            return Files.size(source) > LONG ? List.of() : lines(Files.readAllBytes(source));
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private Location written(Location at) {
        for (Piece piece : pieces) {
            if (piece.first <= at.line() && at.line() <= piece.last) {
                Alignment alignment = alignments.computeIfAbsent(piece, this::align);
                return alignment == null ? at : written(at, piece, alignment);
            }
        }
        return at;
    }

    /** Null without a source. */
    private Alignment align(Piece piece) {
        List<String> source = lines(piece.path);
        int to = Math.min(piece.to, source.size());
        return piece.from > to
                ? null
                : new Alignment(lines.subList(piece.first - 1, piece.last), source.subList(piece.from - 1, to));
    }

    private Location written(Location at, Piece piece, Alignment alignment) {
        int start = at.line() - piece.first;
        int line = alignment.line(start);
        Fit fit = alignment.fit(start);
        TemplateLine source = alignment.template(start);
        int whole = end(source);
        if (fit != Fit.SAME && fit != Fit.PART) {
            int row = piece.from + line;
            return new Location(piece.file, row, source.indent() + 1, row, whole);
        }
        int column = column(at.column(), start, piece, alignment);
        int endLine = line;
        int endColumn = whole;
        int end = Math.min(at.endLine(), piece.last) - piece.first;
        if (end == start) {
            int mapped = column(at.endColumn(), start, piece, alignment);
            boolean same = fit == Fit.SAME || mapped - source.indent() - 1 < common(start, piece, alignment);
            endColumn = same ? Math.max(mapped, column) : whole;
        } else {
            while (end > start && (alignment.line(end) < line || alignment.fit(end) == Fit.NONE)) {
                end--;
            }
            endLine = alignment.line(end);
            endColumn = end(alignment.template(end));
        }
        return new Location(piece.file, piece.from + line, column, piece.from + endLine, endColumn);
    }

    /** The column of the source for one of a rendered line: the same in what both begin with, then where that ends. */
    private int column(int column, int index, Piece piece, Alignment alignment) {
        String rendered = lines.get(piece.first - 1 + index);
        int indent = rendered.length() - rendered.stripLeading().length();
        TemplateLine source = alignment.template(index);
        int inside = Math.max(0, column - 1 - indent);
        if (alignment.fit(index) == Fit.PART) {
            inside = Math.min(inside, common(index, piece, alignment));
        }
        return source.indent() + inside + 1;
    }

    private int common(int index, Piece piece, Alignment alignment) {
        String rendered = lines.get(piece.first - 1 + index).strip();
        TemplateLine source = alignment.template(index);
        return source.text().codePointCount(0, source.common(rendered));
    }

    private static int end(TemplateLine line) {
        return line.indent() + line.text().codePointCount(0, line.text().length()) + 1;
    }

    /** The documents of a text, by the lines that are {@code ---}: of each, its first and its last line, from 1. */
    static List<int[]> documents(List<String> lines) {
        List<int[]> documents = new ArrayList<>();
        int first = 1;
        for (int line = 1; line <= lines.size() + 1; line++) {
            boolean marker =
                    line <= lines.size() && lines.get(line - 1).stripTrailing().equals("---");
            if (line > lines.size() || marker) {
                if (first < line) {
                    documents.add(new int[] {first, line - 1});
                }
                first = line + 1;
            }
        }
        return documents;
    }
}
