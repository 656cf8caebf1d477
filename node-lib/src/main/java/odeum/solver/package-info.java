/**
 * Solves ordinary differential equations: {@link odeum.solver.Integrator} takes a {@link
 * odeum.solver.Problem} to a {@link odeum.solver.Solution}.
 *
 * <table>
 *   <caption>The methods of {@link odeum.solver.Solvers}</caption>
 *   <tr><th>name</th><th>order</th><th>stages</th><th>dense output</th><th>good for</th></tr>
 *   <tr><td>euler</td><td>1</td><td>1</td><td>1</td><td>lessons, residual networks</td></tr>
 *   <tr><td>midpoint</td><td>2(1)</td><td>2</td><td>2</td><td>lessons</td></tr>
 *   <tr><td>heun</td><td>2(1)</td><td>2</td><td>2</td><td>lessons</td></tr>
 *   <tr><td>ralston</td><td>2(1)</td><td>2</td><td>2</td><td>least error bound of order 2</td></tr>
 *   <tr><td>bosh3</td><td>3(2)</td><td>4, FSAL</td><td>3</td><td>loose tolerances</td></tr>
 *   <tr><td>rk4</td><td>4</td><td>4</td><td>3</td><td>fixed steps</td></tr>
 *   <tr><td>rk4-38</td><td>4</td><td>4</td><td>3</td><td>fixed steps</td></tr>
 *   <tr><td>dopri5</td><td>5(4)</td><td>7, FSAL</td><td>4</td><td>most problems</td></tr>
 *   <tr><td>tsit5</td><td>5(4)</td><td>7, FSAL</td><td>4</td><td>most problems; default</td></tr>
 *   <tr><td>vern7</td><td>7(6)</td><td>10</td><td>6</td><td>tight tolerances</td></tr>
 *   <tr><td>dopri8</td><td>8(5,3)</td><td>12</td><td>7</td><td>tight tolerances</td></tr>
 *   <tr><td>vern9</td><td>9(8)</td><td>16</td><td>8</td><td>the tightest tolerances</td></tr>
 *   <tr><td>auto</td><td>5(4)</td><td></td><td>4</td><td>anything: tsit5, and rodas5p where the
 *       system turns out to be stiff</td></tr>
 *   <tr><td>implicit-euler</td><td>1</td><td>2, FSAL</td><td>1</td><td>lessons</td></tr>
 *   <tr><td>implicit-midpoint</td><td>2</td><td>2</td><td>2</td><td>stiff; symplectic</td></tr>
 *   <tr><td>trapezoid</td><td>2</td><td>2, FSAL</td><td>2</td><td>stiff, loose
 *       tolerances</td></tr>
 *   <tr><td>kvaerno3</td><td>3(2)</td><td>4, FSAL</td><td>3</td><td>stiff, loose
 *       tolerances</td></tr>
 *   <tr><td>kvaerno5</td><td>5(4)</td><td>7, FSAL</td><td>4</td><td>stiff, costly
 *       Jacobians</td></tr>
 *   <tr><td>rodas5p</td><td>5(4)</td><td>8</td><td>4</td><td>stiff</td></tr>
 *   <tr><td>kencarp4</td><td>4(3)</td><td>6</td><td>3</td><td>sums of a stiff and another
 *       part</td></tr>
 *   <tr><td>symplectic-euler</td><td>1</td><td>2</td><td>1</td><td>lessons</td></tr>
 *   <tr><td>verlet</td><td>2</td><td>3</td><td>2</td><td>mechanics over long times</td></tr>
 *   <tr><td>ruth3</td><td>3</td><td>6</td><td>3</td><td>mechanics over long times</td></tr>
 *   <tr><td>yoshida4</td><td>4</td><td>7</td><td>3</td><td>mechanics over long times</td></tr>
 *   <tr><td>yoshida6</td><td>6</td><td>15</td><td>3</td><td>mechanics over long times</td></tr>
 *   <tr><td>alf</td><td>2(1)</td><td>1, carries a slope</td><td>2</td><td>oscillations; gradients
 *       in constant memory</td></tr>
 *   <tr><td>reversible-heun</td><td>2(1)</td><td>1, carries a slope and a point</td><td>2</td><td>the
 *       same</td></tr>
 *   <tr><td>commons:rk4</td><td>4</td><td>black box</td><td>4</td><td>comparisons</td></tr>
 *   <tr><td>commons:adams</td><td>6</td><td>black box</td><td>6</td><td>costly fields</td></tr>
 *   <tr><td>commons:dopri853</td><td>8</td><td>black box</td><td>7</td><td>comparisons</td></tr>
 *   <tr><td>commons:gbs</td><td>18, varying</td><td>black box</td><td>varying</td><td>tight
 *       tolerances</td></tr>
 * </table>
 *
 * <p>A method is numbers, no class: a {@link odeum.solver.ButcherTableau}, explicit or diagonally
 * implicit, an {@link odeum.solver.AdditiveTableau}, a {@link odeum.solver.RosenbrockTableau}, a
 * {@link odeum.solver.SymplecticScheme} or a {@link odeum.solver.ReversibleMethod}. A black box is
 * an integrator of Commons Math, see {@link odeum.solver.CommonsSolver}. Implicit methods take the
 * Jacobian from the traced field, with its sparsity, or by differences from a derivative written by
 * hand. What a step needs is computed from its start alone, or carried over from the step before,
 * so that a step can be taken again with the same bits; steps of reversible methods can be undone
 * too. Times may run backward everywhere, and without an end where an event ends the solve; {@link
 * odeum.solver.SteadyStateFinder} finds where a system comes to rest. How a solve ended is a {@link
 * odeum.solver.Result}; exceptions are for misuse.
 */
package odeum.solver;
