/**
 * Stands in for IJava 1.3, whose jar is on no registry: a small kernel on the same base kernel,
 * with the names and the behaviour that {@code odeum.magics.ijava} relies on, and nothing else.
 */
package io.github.spencerpark.ijava;
