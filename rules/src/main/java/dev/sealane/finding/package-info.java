/** What rules produce. */
package dev.sealane.finding;
