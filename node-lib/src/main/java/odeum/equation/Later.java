package odeum.equation;

/** What the language will have, and what does the work until then. */
final class Later {
  static final String NOISE =
      "Noise (dW) belongs to %%sde, which is not available yet. Here equations are x' = …";

  private Later() {}
}
