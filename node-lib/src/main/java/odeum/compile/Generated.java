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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import odeum.simd.LaneStages;
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

  private static final ClassDesc LANES = LaneStages.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc LOOP =
      MethodTypeDesc.of(CD_void, Collections.nCopies(LaneCode.ARRAYS, ARRAY));

  private static final MethodTypeDesc INTERPOLATE =
      MethodTypeDesc.of(CD_void, CD_double, CD_double, ARRAY, ARRAY.arrayType(), ARRAY);

  private Generated() {}

  /** {@return a kernel of this code, unless it is too long} Array 0 is the memory, 1 the frame. */
  static Optional<Kernel> kernel(ScalarCode lines) {
    Consumer<CodeBuilder> body =
        code -> {
          new CodeWriter(code, new int[] {1, 2}, new int[0]).write(lines.lines());
          code.return_();
        };
    return isShort(lines)
        ? define(KERNEL, made -> made.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, body))
            .map(made -> (Kernel) made.bind(null))
        : Optional.empty();
  }

  /** {@return stages of this code, unless it is too long} See {@link StageCode} for its arrays. */
  static Optional<Maker> stages(Stages.Scheme scheme, ScalarCode step, ScalarCode dense) {
    if (!isShort(step) || !isShort(dense)) {
      return Optional.empty();
    }
    return define(
        STAGES,
        made -> {
          made.withMethodBody(
              "compute", COMPUTE, ClassFile.ACC_PUBLIC, code -> compute(scheme, step, code));
          made.withMethodBody(
              "interpolate",
              INTERPOLATE,
              ClassFile.ACC_PUBLIC,
              code -> interpolate(scheme, dense, code));
        });
  }

  /** {@return loops over lanes, one after the other} See {@link LaneCode} for their arrays. */
  static Optional<LaneStages> lanes(List<ScalarCode> loops, boolean own, int count) {
    return define(
            LANES,
            made -> {
              made.withMethodBody("compute", LOOP, ClassFile.ACC_PUBLIC, code -> call(loops, code));
              for (int i = 0; i < loops.size(); i++) {
                List<ScalarCode.Line> lines = loops.get(i).lines();
                made.withMethodBody(
                    "loop" + i,
                    LOOP,
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                    code -> {
                      int[] arrays = IntStream.range(0, LaneCode.ARRAYS).toArray();
                      int same = own ? -1 : LaneCode.PARAMETERS;
                      CodeWriter.loop(code, lines, arrays, same, count);
                      code.return_();
                    });
              }
            })
        .map(made -> (LaneStages) made.bind(null));
  }

  private static void call(List<ScalarCode> loops, CodeBuilder code) {
    for (int i = 0; i < loops.size(); i++) {
      for (int array = 1; array <= LaneCode.ARRAYS; array++) {
        code.aload(array);
      }
      code.invokestatic(NAME, "loop" + i, LOOP);
    }
    code.return_();
  }

  private static void compute(Stages.Scheme scheme, ScalarCode step, CodeBuilder code) {
    int stages = scheme.stages();
    int[] arrays = new int[StageCode.FIRST + stages + scheme.estimates()];
    arrays[StageCode.MEMORY] = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(0).getfield(NAME, "memory", ARRAY).astore(arrays[StageCode.MEMORY]);
    arrays[StageCode.START] = 7;
    arrays[StageCode.STAGE] = 9;
    arrays[StageCode.END] = 10;
    rows(code, 8, arrays, StageCode.FIRST, stages);
    rows(code, 11, arrays, StageCode.FIRST + stages, scheme.estimates());
    new CodeWriter(code, arrays, new int[] {1, 3, 5}).write(step.lines());
    code.return_();
  }

  private static void interpolate(Stages.Scheme scheme, ScalarCode dense, CodeBuilder code) {
    int[] arrays = new int[StageCode.FIRST + scheme.allStages()];
    arrays[StageCode.START] = 5;
    arrays[StageCode.END] = 7;
    rows(code, 6, arrays, StageCode.FIRST, scheme.allStages());
    new CodeWriter(code, arrays, new int[] {1, 3}).write(dense.lines());
    code.return_();
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

  private static boolean isShort(ScalarCode code) {
    return code.lines().size() <= MOST_LINES;
  }

  private static Optional<Maker> define(ClassDesc type, Consumer<ClassBuilder> methods) {
    byte[] bytes =
        ClassFile.of()
            .build(
                NAME,
                made -> {
                  made.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
                  made.withInterfaceSymbols(type);
                  made.withField("memory", ARRAY, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
                  constructor(made);
                  methods.accept(made);
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
