package odeum.solver;

import odeum.compile.NotFinite;
import odeum.graph.Op;

/**
 * Why the derivative of a value is not finite.
 *
 * @param name the value
 * @param cause the operation that made it so
 * @param source the line of the equations it stands in, with what is meant underlined; or nothing
 */
public record Trouble(String name, NotFinite cause, String source) {
  /** {@return {@code first NaN: log of -0.003 in the equation of x}} */
  String clause() {
    boolean given = cause.op() instanceof Op.Input;
    return cause.clause() + (given ? "" : " in the equation of " + name);
  }

  /**
   * {@return whether numbers became too large, not an operand one that an operation cannot take}
   */
  boolean overflows() {
    return switch (cause.op()) {
      case Op.Input(int input) when input == FieldTrouble.STATE -> !cause.nan();
      case Op.Log _, Op.Sqrt _, Op.Divide _, Op.Input _, Op.Constant _, Op.Implicit _ -> false;
      case Op.Power _ -> !cause.nan();
      default -> true;
    };
  }

  /** {@return what to try, a sentence without its end} */
  String advice() {
    return switch (cause.op()) {
      case Op.Log _ -> "keep what the log is taken of above 0, as in log(max(x, 1e-9))";
      case Op.Sqrt _ -> "keep what the root is taken of at 0 or above, as in sqrt(max(x, 0))";
      case Op.Divide _ -> "keep what is divided by away from 0";
      case Op.Power _ when cause.nan() ->
          "keep the base of a power that is no whole number at 0 or above";
      case Op.Input(int input) when input == FieldTrouble.STATE ->
          "look for a division by zero, or a log or root of a negative number";
      case Op.Input _, Op.Constant _ -> "give it a finite number";
      default -> "look for values that grow without end, such as a wrong sign";
    };
  }
}
