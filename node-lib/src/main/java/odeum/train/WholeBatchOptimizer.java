package odeum.train;

/**
 * A method that decides itself where to evaluate the loss, so that the loss must be the same
 * function throughout: it is used over all samples at once.
 */
public sealed interface WholeBatchOptimizer extends Optimizer
    permits Lbfgs, LevenbergMarquardt, CmaEs {}
