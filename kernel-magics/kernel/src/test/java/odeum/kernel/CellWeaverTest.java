package odeum.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.InvocationTargetException;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CellWeaverTest {
  /** What cells do. */
  static final class Code {
    static int started;

    static {
      for (int i = 0; i < 3; i++) {
        started += i;
      }
    }

    static int sum(int n) {
      int sum = 0;
      for (int i = 0; i < n; i++) {
        switch (i % 3) {
          case 0 -> sum += i;
          case 1 -> sum -= 1;
          default -> sum++;
        }
      }
      return sum;
    }

    static int stubborn(IntSupplier work) {
      int tries = 0;
      while (true) {
        try {
          tries += work.getAsInt();
          if (tries < 0) {
            return tries;
          }
        } catch (Throwable t) {
          tries++;
        }
      }
    }

    static void exit(int status) {
      System.exit(status);
    }

    static void halt(int status) {
      Runtime.getRuntime().halt(status);
    }

    static void exitByReference(int status) {
      IntConsumer end = System::exit;
      end.accept(status);
    }

    static void haltByReference(int status) {
      IntConsumer end = Runtime.getRuntime()::halt;
      end.accept(status);
    }
  }

  private final CellGroup cell = new CellGroup(1, (thread, thrown) -> {});

  private static byte[] original() throws Exception {
    String name = Code.class.getName().replace('.', '/') + ".class";
    try (var file = CellWeaverTest.class.getClassLoader().getResourceAsStream(name)) {
      return file.readAllBytes();
    }
  }

  private static Class<?> woven() throws Exception {
    byte[] bytes = new CellWeaver(ClassHierarchyResolver.defaultResolver()).woven(original());
    ClassLoader loader =
        new ClassLoader(CellWeaverTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Code.class.getName()) && findLoadedClass(name) == null
                ? defineClass(name, bytes, 0, bytes.length)
                : super.loadClass(name, resolve);
          }
        };
    return loader.loadClass(Code.class.getName());
  }

  private static Object call(String method, Class<?> type, Object argument) throws Throwable {
    var found = woven().getDeclaredMethod(method, type);
    found.setAccessible(true);
    try {
      return found.invoke(null, argument);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @AfterEach
  void calm() {
    CellGuard.calm();
  }

  @Test
  void wovenCodeDoesTheSame() throws Throwable {
    assertEquals(Code.sum(100), call("sum", int.class, 100));
  }

  @Test
  void codeStopsThoughItCatchesEverything() {
    IntSupplier work =
        () -> {
          CellGuard.stop(cell);
          return 1;
        };
    assertThrows(CellStop.class, () -> call("stubborn", IntSupplier.class, work));
    CellGuard.calm();
    assertEquals(-1, assertDoesNotStop(() -> -1));
  }

  private static Object assertDoesNotStop(IntSupplier work) {
    try {
      return call("stubborn", IntSupplier.class, work);
    } catch (Throwable stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Test
  void threadsOfOtherCellsGoOn() throws Exception {
    CellGroup earlier = new CellGroup(2, (thread, thrown) -> {});
    boolean[] stopped = new boolean[2];
    CellGuard.stop(cell);
    Thread own = new Thread(cell, () -> stopped[0] = stops());
    Thread other = new Thread(earlier, () -> stopped[1] = stops());
    own.start();
    other.start();
    own.join();
    other.join();
    assertTrue(stopped[0]);
    assertFalse(stopped[1]);
  }

  private static boolean stops() {
    try {
      CellGuard.check();
      return false;
    } catch (CellStop stop) {
      return true;
    }
  }

  @Test
  void nothingEndsTheVirtualMachine() {
    for (String way : new String[] {"exit", "halt", "exitByReference", "haltByReference"}) {
      String message =
          assertThrows(CellExit.class, () -> call(way, int.class, 7), way).getMessage();
      assertTrue(message.contains("(7): a cell cannot end the kernel"), message);
    }
  }

  /** Begins of methods and jumps back, no more: the cost of a check is paid in every turn. */
  @Test
  void asksOncePerTurn() throws Exception {
    byte[] bytes = new CellWeaver(ClassHierarchyResolver.defaultResolver()).woven(original());
    assertEquals(2, checks(bytes, "sum"));
    assertEquals(1, checks(bytes, "exit"));
    assertEquals(1, checks(bytes, "<clinit>"));
  }

  private static long checks(byte[] bytes, String method) {
    return ClassFile.of().parse(bytes).methods().stream()
        .filter(found -> found.methodName().equalsString(method))
        .flatMap(found -> found.code().stream())
        .flatMap(CodeModel::elementStream)
        .filter(
            element ->
                element instanceof InvokeInstruction call && call.name().equalsString("check"))
        .count();
  }

  @Test
  void whatIsNoClassStaysAsItWas() {
    byte[] bytes = {1, 2, 3};
    assertArrayEquals(bytes, new CellWeaver(ClassHierarchyResolver.defaultResolver()).woven(bytes));
  }
}
