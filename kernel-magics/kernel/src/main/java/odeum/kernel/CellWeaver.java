package odeum.kernel;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the code of cells stoppable, as JShell's own local execution does: each method asks {@link
 * CellGuard} when it begins and before it jumps back. Calls that would end the JVM are led to the
 * guard as well.
 */
final class CellWeaver {
  private static final ClassDesc GUARD = ClassDesc.of(CellGuard.class.getName());
  private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
  private static final MethodTypeDesc OF_INT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final MethodTypeDesc OF_RUNTIME =
      MethodTypeDesc.of(ConstantDescs.CD_void, RUNTIME, ConstantDescs.CD_int);

  private final ClassFile classes;

  /**
   * A weaver.
   *
   * @param known finds the classes that the woven ones name
   */
  CellWeaver(ClassHierarchyResolver known) {
    classes = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(known));
  }

  /** {@return the class with the checks; as it was where they do not fit in} */
  byte[] woven(byte[] bytes) {
    try {
      return classes.transformClass(
          classes.parse(bytes),
          ClassTransform.transformingMethods(
              (builder, element) -> {
                if (element instanceof java.lang.classfile.CodeModel code) {
                  // A class whose set-up was cut short is broken for good: only its loops look.
                  boolean begins = !name(code).equals(ConstantDescs.CLASS_INIT_NAME);
                  builder.transformCode(code, CodeTransform.ofStateful(() -> new Checks(begins)));
                } else {
                  builder.with(element);
                }
              }));
    } catch (IllegalArgumentException tooLarge) {
      return bytes;
    }
  }

  private static String name(java.lang.classfile.CodeModel code) {
    return code.parent().map(method -> method.methodName().stringValue()).orElse("");
  }

  private static final class Checks implements CodeTransform {
    private final boolean begins;
    private final Set<Label> passed = new HashSet<>();

    Checks(boolean begins) {
      this.begins = begins;
    }

    @Override
    public void atStart(CodeBuilder code) {
      if (begins) {
        check(code);
      }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      switch (element) {
        case LabelTarget target -> {
          passed.add(target.label());
          code.with(target);
        }
        case InvokeInstruction call when ends(call).isPresent() -> {
          boolean ofSystem = call.opcode() == Opcode.INVOKESTATIC;
          code.invokestatic(GUARD, ends(call).orElseThrow(), ofSystem ? OF_INT : OF_RUNTIME);
        }
        case InvokeDynamicInstruction call -> code.invokedynamic(led(call));
        default -> {
          if (jumps(element).anyMatch(passed::contains)) {
            check(code);
          }
          code.with(element);
        }
      }
    }

    private static Stream<Label> jumps(CodeElement element) {
      return switch (element) {
        case BranchInstruction branch -> Stream.of(branch.target());
        case TableSwitchInstruction table ->
            Stream.concat(
                Stream.of(table.defaultTarget()), table.cases().stream().map(c -> c.target()));
        case LookupSwitchInstruction lookup ->
            Stream.concat(
                Stream.of(lookup.defaultTarget()), lookup.cases().stream().map(c -> c.target()));
        default -> Stream.empty();
      };
    }

    private static void check(CodeBuilder code) {
      code.invokestatic(GUARD, "check", ConstantDescs.MTD_void);
    }

    private static Optional<String> ends(InvokeInstruction call) {
      return ends(call.owner().asSymbol(), call.name().stringValue());
    }

    private static Optional<String> ends(ClassDesc owner, String name) {
      boolean ends =
          owner.descriptorString().equals("Ljava/lang/System;") && name.equals("exit")
              || owner.equals(RUNTIME) && (name.equals("exit") || name.equals("halt"));
      return ends ? Optional.of(name) : Optional.empty();
    }

    /** A method reference, {@code System::exit}, is the argument of a dynamic call. */
    private static DynamicCallSiteDesc led(InvokeDynamicInstruction call) {
      ConstantDesc[] arguments =
          call.bootstrapArgs().stream().map(Checks::led).toArray(ConstantDesc[]::new);
      return DynamicCallSiteDesc.of(
          call.bootstrapMethod(), call.name().stringValue(), call.typeSymbol(), arguments);
    }

    private static ConstantDesc led(ConstantDesc argument) {
      if (argument instanceof DirectMethodHandleDesc method) {
        Optional<String> name = ends(method.owner(), method.methodName());
        if (name.isPresent()) {
          boolean ofSystem = method.kind() == DirectMethodHandleDesc.Kind.STATIC;
          return MethodHandleDesc.ofMethod(
              DirectMethodHandleDesc.Kind.STATIC,
              GUARD,
              name.get(),
              ofSystem ? OF_INT : OF_RUNTIME);
        }
      }
      return argument;
    }
  }
}
