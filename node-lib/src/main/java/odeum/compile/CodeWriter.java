package odeum.compile;

import static java.lang.constant.ConstantDescs.CD_double;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import odeum.simd.Elementary;

/** Writes straight-line code as the bytecode of a method. */
final class CodeWriter {
  private static final int NONE = -1;
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc STRICT = ClassDesc.of("java.lang.StrictMath");
  private static final ClassDesc OURS = Elementary.class.describeConstable().orElseThrow();

  private final CodeBuilder code;
  private final int[] arrays;
  private final int[] arguments;
  private final int counter;
  private final Map<Scalar.Computed, Integer> locals = new HashMap<>();
  private final Map<Scalar, Integer> uses = new HashMap<>();

  /**
   * @param arrays the local variables that hold the arrays, by number
   * @param arguments the local variables that hold the arguments, by number
   */
  CodeWriter(CodeBuilder code, int[] arrays, int[] arguments) {
    this(code, arrays, arguments, NONE);
  }

  private CodeWriter(CodeBuilder code, int[] arrays, int[] arguments, int counter) {
    this.code = code;
    this.arrays = arrays;
    this.arguments = arguments;
    this.counter = counter;
  }

  /**
   * Writes a loop around the lines, in which elements lie behind a counter from 0.
   *
   * @param same the array whose elements are the same all the time, at their index; or -1
   */
  static void loop(
      CodeBuilder code, List<ScalarCode.Line> lines, int[] arrays, int same, int count) {
    int counter = code.allocateLocal(TypeKind.INT);
    CodeWriter writer = new CodeWriter(code, arrays, new int[0], counter);
    for (ScalarCode.Line line : lines) {
      if (line instanceof ScalarCode.Compute(Scalar.Load load) && load.array == same) {
        code.aload(arrays[same]).loadConstant(load.index).daload();
        writer.keep(load);
      }
    }
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(counter).labelBinding(top);
    code.iload(counter).loadConstant(count).if_icmpge(end);
    writer.write(lines);
    code.iinc(counter, 1).goto_(top).labelBinding(end);
  }

  void write(List<ScalarCode.Line> lines) {
    lines.forEach(this::count);
    for (ScalarCode.Line line : lines) {
      switch (line) {
        case ScalarCode.Compute(Scalar.Computed number) -> compute(number);
        case ScalarCode.Store(int array, int index, Scalar number) -> {
          element(array, index);
          push(number);
          code.dastore();
        }
      }
    }
  }

  private void count(ScalarCode.Line line) {
    switch (line) {
      case ScalarCode.Compute(Scalar.Result result) ->
          result.operands.forEach(operand -> uses.merge(operand, 1, Integer::sum));
      case ScalarCode.Store(int _, int _, Scalar number) -> uses.merge(number, 1, Integer::sum);
      case ScalarCode.Compute(Scalar.Load _) -> {}
    }
  }

  /** Whether a number is computed where it is read, which makes the code shorter. */
  private boolean waits(Scalar.Computed number) {
    return number instanceof Scalar.Result result
        && result.operation != Scalar.Operation.LESS
        && result.operation != Scalar.Operation.WHERE
        && uses.getOrDefault(result, 0) <= 1;
  }

  private void compute(Scalar.Computed number) {
    if (waits(number) || locals.containsKey(number)) {
      return;
    }
    switch (number) {
      case Scalar.Load load -> {
        element(load.array, load.index);
        code.daload();
      }
      case Scalar.Result result -> apply(result);
    }
    keep(number);
  }

  private void element(int array, int index) {
    code.aload(arrays[array]);
    if (counter == NONE) {
      code.loadConstant(index);
    } else {
      code.iload(counter);
      if (index > 0) {
        code.loadConstant(index).iadd();
      }
    }
  }

  private void keep(Scalar.Computed number) {
    int local = code.allocateLocal(TypeKind.DOUBLE);
    code.dstore(local);
    locals.put(number, local);
  }

  private void push(Scalar scalar) {
    switch (scalar) {
      case Scalar.Number(double value) -> code.loadConstant(value);
      case Scalar.Argument(int position) -> code.dload(arguments[position]);
      case Scalar.Result result when waits(result) -> apply(result);
      case Scalar.Computed computed -> code.dload(locals.get(computed));
    }
  }

  private void apply(Scalar.Result result) {
    switch (result.operation) {
      case LESS -> {
        result.operands.forEach(this::push);
        code.dcmpg(); // 1 with NaN, so that it is not less
        choose(CodeBuilder::iflt, new Scalar.Number(1), ScalarCode.ZERO);
      }
      case WHERE -> {
        push(result.operands.get(0));
        code.dconst_0().dcmpl(); // -1 with NaN, which is not 0
        choose(CodeBuilder::ifne, result.operands.get(1), result.operands.get(2));
      }
      default -> {
        result.operands.forEach(this::push);
        operation(result.operation);
      }
    }
  }

  private interface Jump {
    void to(CodeBuilder code, Label label);
  }

  private void choose(Jump jump, Scalar yes, Scalar no) {
    Label first = code.newLabel();
    Label end = code.newLabel();
    jump.to(code, first);
    push(no);
    code.goto_(end).labelBinding(first);
    push(yes);
    code.labelBinding(end);
  }

  private void operation(Scalar.Operation operation) {
    switch (operation) {
      case NEGATE -> code.dneg();
      case ADD -> code.dadd();
      case SUBTRACT -> code.dsub();
      case MULTIPLY -> code.dmul();
      case DIVIDE -> code.ddiv();
      case ABS -> call(MATH, "abs", 1);
      case SIGN -> call(MATH, "signum", 1);
      case SQRT -> call(MATH, "sqrt", 1);
      case FMA -> call(MATH, "fma", 3);
      case MINIMUM -> call(MATH, "min", 2);
      case MAXIMUM -> call(MATH, "max", 2);
      case ATAN -> call(STRICT, "atan", 1);
      case EXP -> call(OURS, "exp", 1);
      case LOG -> call(OURS, "log", 1);
      case SIN -> call(OURS, "sin", 1);
      case COS -> call(OURS, "cos", 1);
      case TANH -> call(OURS, "tanh", 1);
      case SIGMOID -> call(OURS, "sigmoid", 1);
      case POWER -> call(OURS, "pow", 2);
      case LESS, WHERE -> throw new IllegalStateException("A choice is no single instruction");
    }
  }

  private void call(ClassDesc owner, String name, int operands) {
    ClassDesc[] types = new ClassDesc[operands];
    Arrays.fill(types, CD_double);
    code.invokestatic(owner, name, MethodTypeDesc.of(CD_double, types));
  }
}
