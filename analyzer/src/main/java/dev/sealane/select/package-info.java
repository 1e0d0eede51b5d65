/** The language in which users name the ends of connections, the same for every command. */
package dev.sealane.select;
