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
 *   <tr><td>auto</td><td>5(4)</td><td>7 or 8</td><td>4</td><td>unknown stiffness: tsit5, then
 *       rodas5p</td></tr>
 *   <tr><td>implicit-euler</td><td>1</td><td>1</td><td>1</td><td>lessons</td></tr>
 *   <tr><td>implicit-midpoint</td><td>2</td><td>1</td><td>2</td><td>energy over long times</td></tr>
 *   <tr><td>trapezoid</td><td>2</td><td>1</td><td>2</td><td>lessons, diffusion</td></tr>
 *   <tr><td>kvaerno3</td><td>3(2)</td><td>3, FSAL</td><td>3</td><td>stiff, loose
 *       tolerances</td></tr>
 *   <tr><td>kvaerno5</td><td>5(4)</td><td>6, FSAL</td><td>3</td><td>stiff; read at the ends of
 *       steps</td></tr>
 *   <tr><td>rodas5p</td><td>5(4)</td><td>8</td><td>4</td><td>most stiff problems</td></tr>
 *   <tr><td>kencarp4</td><td>4(3)</td><td>5 of each part</td><td>3</td><td>sums with a stiff
 *       part</td></tr>
 *   <tr><td>symplectic-euler</td><td>1</td><td>1</td><td>1</td><td>lessons</td></tr>
 *   <tr><td>verlet</td><td>2</td><td>1</td><td>2</td><td>x'' = f(x) for very long times</td></tr>
 *   <tr><td>ruth3</td><td>3</td><td>3</td><td>3</td><td>the same</td></tr>
 *   <tr><td>yoshida4</td><td>4</td><td>3</td><td>3</td><td>the same, more exactly</td></tr>
 *   <tr><td>yoshida6</td><td>6</td><td>7</td><td>3</td><td>the same, most exactly</td></tr>
 *   <tr><td>commons:rk4</td><td>4</td><td>black box</td><td>4</td><td>comparisons</td></tr>
 *   <tr><td>commons:adams</td><td>6</td><td>black box</td><td>6</td><td>costly fields</td></tr>
 *   <tr><td>commons:dopri853</td><td>8</td><td>black box</td><td>7</td><td>comparisons</td></tr>
 *   <tr><td>commons:gbs</td><td>18, varying</td><td>black box</td><td>varying</td><td>tight
 *       tolerances</td></tr>
 * </table>
 *
 * <p>A method is a {@link odeum.solver.ButcherTableau}, no class; a black box is an integrator of
 * Commons Math, see {@link odeum.solver.CommonsSolver}. Times may run backward everywhere. How a
 * solve ended is a {@link odeum.solver.Result}; exceptions are for misuse.
 */
package odeum.solver;
