package odeum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library never calls what may give other bits on another processor. {@code Math} may round its
 * transcendental functions as the machine likes; {@code odeum.simd.Elementary} has ours.
 */
class SameBitsTest {
  private static final Set<String> MATH =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
          "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");

  @Test
  void theLibraryCallsNothingThatDependsOnTheMachine() throws Exception {
    assertFalse(Bytecode.classFiles(Bytecode.LIBRARY).isEmpty(), "the library has no classes");
    assertEquals(List.of(), violations(Bytecode.LIBRARY));
  }

  @Test
  void plantedCallsAreReported(@TempDir Path folder) throws Exception {
    Bytecode.compile(
        folder,
        new Bytecode.Source(
            "odeum/tensor/Planted.java",
            """
              package odeum.tensor;
              class Planted {
                java.util.function.DoubleUnaryOperator reference = Math::tanh;
                double call(double x) { return Math.exp(x) + Math.sqrt(x) + StrictMath.log(x); }
                double draw(java.util.Random r) { return r.nextGaussian() + r.nextDouble(); }
              }
              """));
    assertEquals(
        List.of(
            "odeum.tensor.Planted calls Math.exp",
            "odeum.tensor.Planted calls Math.tanh",
            "odeum.tensor.Planted calls Random.nextGaussian"),
        violations(folder));
  }

  /** Looks into constant pools, so that {@code Math::exp} is found like {@code Math.exp(x)}. */
  private static List<String> violations(Path classes) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : Bytecode.classFiles(classes)) {
      ClassModel model = ClassFile.of().parse(file);
      String user = model.thisClass().asInternalName().replace('/', '.');
      for (PoolEntry entry : model.constantPool()) {
        if (entry instanceof MemberRefEntry member && isBanned(member)) {
          String owner = member.owner().asInternalName();
          String name = owner.substring(owner.lastIndexOf('/') + 1);
          found.add(user + " calls " + name + "." + member.name().stringValue());
        }
      }
    }
    return found.stream().sorted().toList();
  }

  private static boolean isBanned(MemberRefEntry member) {
    String owner = member.owner().asInternalName();
    String name = member.name().stringValue();
    return (owner.equals("java/lang/Math") && MATH.contains(name))
        || (owner.startsWith("java/util/") && name.equals("nextGaussian"));
  }
}
