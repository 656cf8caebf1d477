package io.github.spencerpark.ijava;

import java.util.List;

/** What a cell's magics call. */
public final class MagicCalls {
  private MagicCalls() {}

  /** {@return what a line magic gives} */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public static <T> T lineMagic(String name, List<String> arguments) {
    try {
      return IJava.getKernelInstance().getMagics().applyLineMagic(name, arguments);
    } catch (Exception e) {
      throw new IllegalStateException("line magic " + name + ": " + e.getMessage(), e);
    }
  }

  /** {@return what a cell magic gives} */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public static <T> T cellMagic(String name, List<String> arguments, String body) {
    try {
      return IJava.getKernelInstance().getMagics().applyCellMagic(name, arguments, body);
    } catch (Exception e) {
      throw new IllegalStateException("cell magic " + name + ": " + e.getMessage(), e);
    }
  }
}
