/**
 * Runs the user's own {@code helm} and {@code kustomize}, and finds out which line of which template a rendered line was
 * made from. The only package that starts other programs.
 */
package dev.sealane.render;
