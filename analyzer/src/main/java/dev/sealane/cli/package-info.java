/** The commands. The only package that prints, reads the environment and sets exit codes. */
package dev.sealane.cli;
