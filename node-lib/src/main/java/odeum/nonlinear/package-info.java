/**
 * Systems of equations: {@link odeum.nonlinear.LinearSolver} for linear ones, by elimination in a
 * fixed order, so that the numbers are the same everywhere; {@link odeum.nonlinear.RootFinder} for
 * steady states.
 */
package odeum.nonlinear;
