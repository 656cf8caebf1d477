/**
 * Gradients through algorithms. A solve is one primitive of a graph, {@link odeum.adjoint.Solve};
 * an {@link odeum.adjoint.Adjoint} says how its derivative is computed:
 *
 * <table>
 *   <caption>The adjoints</caption>
 *   <tr><th>name</th><th>gradient of</th><th>keeps</th><th>evaluations on the way back</th></tr>
 *   <tr><td>direct</td><td>the computed numbers</td><td>every stage</td><td>none</td></tr>
 *   <tr><td>checkpointed</td><td>the same, bit for bit</td><td>at most twice the root of the number of
 *       steps in states, or as few as asked for</td><td>the steps once more or
 *       twice; oftener with fewer states</td></tr>
 *   <tr><td>reversible</td><td>the computed numbers, up to rounding</td><td>the first and the last
 *       state; when each step was taken, if a tolerance chose it</td><td>two a step; alf and
 *       reversible-heun only</td></tr>
 *   <tr><td>forward</td><td>the computed numbers, by times the true solution</td><td>the saved
 *       states</td><td>another solve, with a column for each parameter and initial value; has
 *       derivatives in turn</td></tr>
 *   <tr><td>backsolve</td><td>the true solution, within the tolerance</td><td>the saved
 *       states</td><td>another solve; any solver</td></tr>
 * </table>
 *
 * <p>Implicit stages are gone back through by the implicit function theorem: one transposed linear
 * system each. {@code auto} takes backsolve for black boxes, checkpointed for large states, else
 * direct.
 *
 * <p>{@link odeum.adjoint.SteadySolve} is the steady state of a system, with derivatives of every
 * order by the implicit function theorem.
 */
package odeum.adjoint;
