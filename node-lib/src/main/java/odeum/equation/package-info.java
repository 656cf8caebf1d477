/** The little language of {@code %%ode}: from text to a vector field, its parameters and events. */
package odeum.equation;
