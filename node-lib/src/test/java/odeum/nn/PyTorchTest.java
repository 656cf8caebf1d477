package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import odeum.file.FileException;
import odeum.file.Safetensors;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A net of PyTorch, whose weights and values torch_mlp.py wrote. */
class PyTorchTest {
  private static final Mlp NET = Mlp.of(2, 16, 16, 3);

  @TempDir Path folder;

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(PyTorchTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] values(Parameters parameters, Tensor x, int row) {
    return NetFunction.of(NET, parameters).applyAll(x.get(row, 0), x.get(row, 1));
  }

  @Test
  void itsNetComputesTheSameHere() {
    Structure own = NET.initial(RandomKey.of(0)).structure();
    Parameters loaded = Parameters.load(resource("torch-mlp.safetensors"), own);
    Safetensors known = Safetensors.read(resource("torch-mlp-values.safetensors"));
    Tensor y = known.tensor("y");
    assertEquals(Shape.of(20, 3), y.shape());
    for (int row = 0; row < 20; row++) {
      double[] here = values(loaded, known.tensor("x"), row);
      for (int i = 0; i < 3; i++) {
        assertEquals(y.get(row, i), here[i], 1e-12, "row " + row);
      }
    }
  }

  /** The names in the file are those that its state_dict has, so it loads what is saved here. */
  @Test
  void whatIsSavedHereHasItsNamesAndShapes() {
    NET.initial(RandomKey.of(3)).save(folder.resolve("net.safetensors"));
    Safetensors here = Safetensors.read(folder.resolve("net.safetensors"));
    Safetensors there = Safetensors.read(resource("torch-mlp.safetensors"));
    assertEquals(
        there.tensors().keySet().stream().sorted().toList(),
        here.tensors().keySet().stream().sorted().toList());
    there
        .tensors()
        .forEach((name, tensor) -> assertEquals(tensor.shape(), here.tensor(name).shape(), name));
  }

  @Test
  void anotherNetIsRefused() {
    Structure wider = Mlp.of(2, 17, 16, 3).initial(RandomKey.of(0)).structure();
    Path file = resource("torch-mlp.safetensors");
    String shape =
        assertThrows(FileException.class, () -> Parameters.load(file, wider)).getMessage();
    assertTrue(shape.contains("'0.weight' has shape (16, 2) in the file, (17, 2)"), shape);
    Structure deeper = Mlp.of(2, 16, 16, 16, 3).initial(RandomKey.of(0)).structure();
    String names =
        assertThrows(FileException.class, () -> Parameters.load(file, deeper)).getMessage();
    assertTrue(names.contains("6.weight"), names);
  }
}
