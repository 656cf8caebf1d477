package odeum.solver;

/** A solver that estimates the error of each step, so that a tolerance can choose the steps. */
public sealed interface AdaptiveSolver extends Solver
    permits EmbeddedRungeKutta,
        ImplicitRungeKutta,
        AdditiveRungeKutta,
        RosenbrockMethod,
        ReversibleMethod,
        SwitchingMethod,
        CommonsSolver.Adaptive {}
