/**
 * Derivatives and batches. {@link odeum.autodiff.Vjp}, {@link odeum.autodiff.Jvp} and {@link
 * odeum.autodiff.Vmap} each take a graph and give a graph; {@link odeum.autodiff.Gradient}, {@link
 * odeum.autodiff.Jacobian} and {@link odeum.autodiff.Hessian} are the same inside a traced
 * function.
 */
package odeum.autodiff;
