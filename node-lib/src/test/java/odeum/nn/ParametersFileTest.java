package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import odeum.file.FileException;
import odeum.file.Safetensors;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParametersFileTest {
  private static final Parameters LAYER =
      Parameters.of("weight", Tensor.matrix(new double[] {1, 0.1}, new double[] {-0.0, 4}))
          .and("bias", Tensor.vector(Double.MIN_VALUE, Double.NaN));
  private static final Parameters ALL =
      Parameters.of("g", 9.81).and("net", Parameters.of("0", LAYER).and("2", LAYER)).and("k", 7);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("p.safetensors");
  }

  private String refused(Structure structure) {
    return assertThrows(FileException.class, () -> Parameters.load(file(), structure)).getMessage();
  }

  @Test
  void comeBackWithNamesShapesAndBits() {
    ALL.save(file());
    assertEquals(ALL, Parameters.load(file()));
    assertEquals(ALL, Parameters.load(file(), ALL.structure()));
    assertEquals(LAYER, Parameters.load(file()).at("net").at("2"));
    Parameters.EMPTY.save(file());
    assertEquals(Parameters.EMPTY, Parameters.load(file()));
  }

  @Test
  void followTheOrderOfTheStructure() {
    Parameters.of("k", 7).and("g", 9.81).save(file());
    Structure wanted = Structure.EMPTY.and("g", Shape.of()).and("k", Shape.of());
    assertEquals(Tensor.vector(9.81, 7), Parameters.load(file(), wanted).flat());
  }

  @Test
  void takeAStateDictOfPyTorch() throws Exception {
    Path file =
        Path.of(
            Objects.requireNonNull(ParametersFileTest.class.getResource("state-dict.safetensors"))
                .toURI());
    Parameters loaded = Parameters.load(file);
    // In the file the whole number comes first, before the other members of "2".
    assertEquals(
        List.of(
            "2.num_batches_tracked",
            "2.bias",
            "2.running_mean",
            "2.running_var",
            "2.weight",
            "0.bias",
            "0.weight",
            "3.bias",
            "3.weight"),
        loaded.structure().names());
    assertEquals(7, loaded.at("2").get("num_batches_tracked"));
    assertEquals(Shape.of(3, 2), loaded.at("0").tensor("weight").shape());
    assertEquals(0x1.017ed8p-3, loaded.tensor("0.weight").get(0, 0));
    assertEquals(0x1.7245fap-2, loaded.tensor("0.weight").get(2, 1));
  }

  @Test
  void stayBesideTheirSiblingsHoweverTheFileIsSorted() {
    Safetensors mixed = Safetensors.EMPTY;
    for (String name : List.of("b.y.2", "a", "b.x", "b.y.1", "c.d", "b", "a.e")) {
      mixed = mixed.with(name, Tensor.scalar(name.hashCode()));
    }
    mixed.write(file());
    Parameters loaded = Parameters.load(file());
    assertEquals(
        List.of("b", "b.y.2", "b.y.1", "b.x", "a", "a.e", "c.d"), loaded.structure().names());
    for (String name : loaded.structure().names()) {
      assertEquals(name.hashCode(), loaded.get(name));
    }
  }

  @Test
  void thatDoNotFitAreRefusedWithTheReason() {
    ALL.save(file());
    String missing = refused(ALL.structure().and("kk", Shape.of()));
    assertTrue(missing.contains("it has no kk. Its names: g net.0.weight"), missing);
    String other = refused(Parameters.of("g", 1).and("met.0.weight", 1).structure());
    assertTrue(other.contains("It has 'net.0.weight': was that meant?"), other);
    String surplus = refused(Parameters.of("g", 1).and("k", 1).structure());
    assertTrue(surplus.contains("it has net.0.weight net.0.bias net.2.weight"), surplus);
    LAYER.save(file());
    String shape = refused(Structure.EMPTY.and("weight", Shape.of(4)).and("bias", Shape.of(2)));
    assertTrue(shape.contains("'weight' has shape (2, 2) in the file, (4) is needed"), shape);
    assertTrue(shape.startsWith(file().toString()), shape);
  }

  @Test
  void withNamesThatCannotBeAreRefused() {
    for (String name : List.of("", ".".repeat(33), "a.".repeat(20_000))) {
      Safetensors.EMPTY.with(name, Tensor.scalar(1)).with("b", Tensor.scalar(1)).write(file());
      assertThrows(FileException.class, () -> Parameters.load(file()), name);
    }
  }
}
