package odeum.compile;

import java.util.List;

/** One number in straight-line code. */
sealed interface Scalar {
  /** Known while the code is made. */
  record Number(double value) implements Scalar {}

  /** Given to the code when it is called. */
  record Argument(int position) implements Scalar {}

  /** Computed, each at its place in the code. */
  sealed interface Computed extends Scalar {}

  /** An element of an array, as it is at this place in the code. */
  final class Load implements Computed {
    final int array;
    final int index;

    Load(int array, int index) {
      this.array = array;
      this.index = index;
    }
  }

  /** What an operation makes of its operands. */
  final class Result implements Computed {
    final Operation operation;
    final List<Scalar> operands;

    Result(Operation operation, List<Scalar> operands) {
      this.operation = operation;
      this.operands = operands;
    }
  }

  /** What is done to numbers: each has one rounding or is a function of {@code odeum.simd}. */
  enum Operation {
    NEGATE,
    ABS,
    SIGN,
    SQRT,
    EXP,
    LOG,
    SIN,
    COS,
    TANH,
    ATAN,
    SIGMOID,
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    POWER,
    MINIMUM,
    MAXIMUM,
    LESS,
    /** The second operand where the first is not 0, else the third. */
    WHERE,
    /** The first times the second plus the third, rounded once. */
    FMA
  }
}
