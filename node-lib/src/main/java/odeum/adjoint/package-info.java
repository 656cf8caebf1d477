/**
 * Gradients through algorithms. A solve is one primitive of a graph, {@link odeum.adjoint.Solve};
 * an {@link odeum.adjoint.Adjoint} says how its derivative is computed.
 */
package odeum.adjoint;
