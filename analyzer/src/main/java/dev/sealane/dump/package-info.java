/**
 * How the collectors of this world lay out what they collected: one class for each layout, recognised from the names of
 * its files. Knows names and small texts and opens nothing; {@code dev.sealane.load} does.
 */
package dev.sealane.dump;
