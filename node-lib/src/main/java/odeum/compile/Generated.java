package odeum.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.function.Consumer;
import odeum.simd.Stages;

/** Straight-line code as classes of the running JVM. */
final class Generated {
  /** The JVM never compiles a longer method. */
  private static final int LONGEST = 8000;

  /** More lines surely make too long a method. */
  private static final int MOST_LINES = LONGEST / 6;

  private static final ClassDesc NAME = ClassDesc.of(Generated.class.getPackageName(), "Straight");
  private static final ClassDesc ARRAY = CD_double.arrayType();
  private static final ClassDesc KERNEL = Kernel.class.describeConstable().orElseThrow();
  private static final ClassDesc STAGES = Stages.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_void, ARRAY, ARRAY, CD_Object.arrayType());
  private static final MethodTypeDesc COMPUTE =
      MethodTypeDesc.of(
          CD_void,
          CD_double,
          CD_double,
          CD_double,
          ARRAY,
          ARRAY.arrayType(),
          ARRAY,
          ARRAY,
          ARRAY.arrayType());

  private Generated() {}

  /**
   * {@return a kernel of this code, unless that is too long} Array 0 is the memory, 1 the frame.
   */
  static Optional<Kernel> kernel(ScalarCode lines) {
    Consumer<CodeBuilder> body =
        code -> {
          new CodeWriter(code, new int[] {1, 2}, new int[0]).write(lines.lines());
          code.return_();
        };
    return define(lines, KERNEL, "run", RUN, body).map(made -> (Kernel) made.bind(null));
  }

  /**
   * {@return stages of this code, unless that is too long} See {@link StageCode} for its arrays.
   */
  static Optional<Maker> stages(ScalarCode lines, int stages, int estimates) {
    Consumer<CodeBuilder> body =
        code -> {
          int[] arrays = new int[4 + stages + estimates];
          arrays[StageCode.MEMORY] = code.allocateLocal(TypeKind.REFERENCE);
          code.aload(0).getfield(NAME, "memory", ARRAY).astore(arrays[StageCode.MEMORY]);
          arrays[StageCode.START] = 7;
          arrays[StageCode.STAGE] = 9;
          arrays[StageCode.END] = 10;
          rows(code, 8, arrays, StageCode.FIRST, stages);
          rows(code, 11, arrays, StageCode.FIRST + stages, estimates);
          new CodeWriter(code, arrays, new int[] {1, 3, 5}).write(lines.lines());
          code.return_();
        };
    return define(lines, STAGES, "compute", COMPUTE, body);
  }

  private static void rows(CodeBuilder code, int matrix, int[] arrays, int first, int count) {
    for (int i = 0; i < count; i++) {
      arrays[first + i] = code.allocateLocal(TypeKind.REFERENCE);
      code.aload(matrix).loadConstant(i).aaload().astore(arrays[first + i]);
    }
  }

  /** Makes objects of a class, each with its own memory. */
  @FunctionalInterface
  interface Maker {
    Object bind(double[] memory);
  }

  private static Optional<Maker> define(
      ScalarCode lines,
      ClassDesc type,
      String method,
      MethodTypeDesc descriptor,
      Consumer<CodeBuilder> body) {
    if (lines.lines().size() > MOST_LINES) {
      return Optional.empty();
    }
    byte[] bytes =
        ClassFile.of()
            .build(
                NAME,
                made -> {
                  made.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
                  made.withInterfaceSymbols(type);
                  made.withField("memory", ARRAY, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
                  constructor(made);
                  made.withMethodBody(method, descriptor, ClassFile.ACC_PUBLIC, body);
                });
    return isCompiled(bytes) ? Optional.of(load(bytes)) : Optional.empty();
  }

  private static void constructor(ClassBuilder made) {
    made.withMethodBody(
        INIT_NAME,
        MethodTypeDesc.of(CD_void, ARRAY),
        0,
        code ->
            code.aload(0)
                .invokespecial(CD_Object, INIT_NAME, MethodTypeDesc.of(CD_void))
                .aload(0)
                .aload(1)
                .putfield(NAME, "memory", ARRAY)
                .return_());
  }

  private static boolean isCompiled(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .allMatch(
            method -> method.findAttribute(Attributes.code()).orElseThrow().codeLength() < LONGEST);
  }

  private static Maker load(byte[] bytes) {
    try {
      MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(bytes, true);
      var constructor = made.lookupClass().getDeclaredConstructor(double[].class);
      return memory -> {
        try {
          return constructor.newInstance((Object) memory);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
