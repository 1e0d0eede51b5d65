package dev.sealane.link;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A table of knowledge: columns between {@code |}, the first line their names, {@code #} for comments. */
final class Table {

    private Table() {}

    /** The rows of a resource in {@code /knowledge}, each from column name to text. */
    static List<Map<String, String>> read(String name) {
        try (var reader = new BufferedReader(
                new InputStreamReader(Table.class.getResourceAsStream("/knowledge/" + name), StandardCharsets.UTF_8))) {
            List<String[]> lines = reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .toList();
            String[] columns = lines.getFirst();
            List<Map<String, String>> rows = new ArrayList<>();
            for (String[] line : lines.subList(1, lines.size())) {
                if (line.length != columns.length) {
                    throw new IllegalStateException(name + " has a row of other columns: " + line[0].strip());
                }
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < columns.length; i++) {
                    row.put(columns[i].strip(), line[i].strip());
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a cell means this name: the same, or with a {@code *} at its end, the beginning of it. */
    static boolean means(String cell, String name) {
        return cell.endsWith("*") ? name.startsWith(cell.substring(0, cell.length() - 1)) : name.equals(cell);
    }

    /** The parts of a cell that holds several. */
    static List<String> parts(String cell, String separator) {
        return Stream.of(cell.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
