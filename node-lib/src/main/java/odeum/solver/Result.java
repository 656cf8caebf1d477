package odeum.solver;

/** How a solve ended. */
public enum Result {
  SUCCESS("success"),
  EVENT("stopped by an event"),
  MAX_STEPS_REACHED("ran out of steps"),

  /** Infinitely many resets lie before a time, so that nothing goes on beyond it. */
  EVENTS_ACCUMULATED("its events accumulated"),
  STEP_TOO_SMALL("the step size became too small"),
  NOT_FINITE("the solution is not finite"),

  /** The equations of an implicit method's stages could not be solved, however small the step. */
  NOT_SOLVED("the equations of a step could not be solved"),
  INTERRUPTED("interrupted"),

  /** The time that was given for it was over. */
  OUT_OF_TIME("ran out of time"),

  /** A solver that is not ours failed in a way of its own. */
  GAVE_UP("the solver gave up");

  private final String text;

  Result(String text) {
    this.text = text;
  }

  /**
   * {@return what happened, in a few words} {@link Solution#message} says where and what to try.
   */
  public String text() {
    return text;
  }

  /** {@return whether the solve ended as it should: at the end or at an event} */
  public boolean isSuccess() {
    return this == SUCCESS || this == EVENT;
  }

  /** Whether nothing went wrong, but no event stopped the solve either. */
  boolean wasOnItsWay() {
    return switch (this) {
      case SUCCESS, MAX_STEPS_REACHED, INTERRUPTED, OUT_OF_TIME -> true;
      case EVENT, EVENTS_ACCUMULATED, STEP_TOO_SMALL, NOT_FINITE, NOT_SOLVED, GAVE_UP -> false;
    };
  }
}
