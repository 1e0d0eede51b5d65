/** Runs the rules over a network. */
package dev.sealane.check;
