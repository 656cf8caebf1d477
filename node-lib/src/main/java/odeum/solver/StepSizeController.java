package odeum.solver;

/** How the step sizes are chosen: {@link FixedStep} or {@link Pid}. */
public sealed interface StepSizeController permits FixedStep, Pid {}
