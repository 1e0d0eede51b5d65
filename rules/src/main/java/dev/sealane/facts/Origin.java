package dev.sealane.facts;

/**
 * Where an object was written: the stretch of a file that holds its document, or its list item alone where a long list
 * was cut into items.
 *
 * @param file the name as the user gave it, with {@code /} between folders
 * @param line the line of the stretch's first character, from 1
 * @param offset of the stretch in the file's text as UTF-8 without byte order mark, in bytes
 * @param length of the stretch, in bytes
 * @param item path of the object inside the stretch's document, such as {@code items[3]}; empty if it is the document
 */
public record Origin(String file, int line, long offset, int length, String item) {}
