/** Findings, rules and graphs as text that people and programs read. Nothing here prints. */
package dev.sealane.report;
