/**
 * Computations as values. A {@link odeum.graph.Tracer} stands for an array while Java code runs
 * once; what the code does to it becomes a {@link odeum.graph.Graph} of {@link odeum.graph.Op}s.
 */
package odeum.graph;
