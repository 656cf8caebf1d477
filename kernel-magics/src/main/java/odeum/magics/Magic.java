package odeum.magics;

/** One magic: data that says what it takes, and what it does. It knows no kernel. */
public interface Magic {
  /** {@return what it takes} */
  Usage usage();

  /**
   * Does the work: shows its outputs and declares its variable through the port.
   *
   * @return the result, for {@code var r = %solve …}; null when there is none
   * @throws MagicException when the user's input is at fault; its message is all that is shown
   */
  Object run(Invocation call, KernelPort kernel);

  /** {@return the Java type of what a call gives, in full} */
  default String resultType(Invocation call) {
    return resultType();
  }

  /** {@return the Java type of the result, in full} */
  default String resultType() {
    return "Object";
  }
}
