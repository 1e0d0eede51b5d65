/**
 * Reads paths into resources: text into documents, documents into values, values into the records of
 * {@code dev.sealane.facts}. Broken input becomes findings. Lines and columns are looked up only when asked for.
 */
package dev.sealane.load;
