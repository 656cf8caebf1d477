/**
 * Systems of equations: {@link odeum.nonlinear.LinearSolver} for linear ones, by elimination in a
 * fixed order, so that the numbers are the same everywhere, with {@link
 * odeum.nonlinear.Conditioning} to tell what has no solution; {@link odeum.nonlinear.RootFinder}
 * for steady states.
 */
package odeum.nonlinear;
