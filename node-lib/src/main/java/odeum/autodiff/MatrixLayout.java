package odeum.autodiff;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Where the entries of a square matrix lie in an array: all of them row by row, or only those of a
 * band along the diagonal. Rows and columns of a band may stand in another order than they are
 * counted in, the same for both, which brings entries closer to the diagonal.
 */
public final class MatrixLayout {
  private final int size;
  private final int lower;
  private final int upper;
  private final boolean dense;
  private final int[] places;

  private MatrixLayout(int size, int lower, int upper, boolean dense, int[] places) {
    this.size = size;
    this.lower = lower;
    this.upper = upper;
    this.dense = dense;
    this.places = places;
  }

  /** {@return the layout that holds every entry, row-major} */
  public static MatrixLayout dense(int size) {
    int[] places = IntStream.range(0, size).toArray();
    return new MatrixLayout(size, Math.max(size - 1, 0), Math.max(size - 1, 0), true, places);
  }

  /** {@return the layout of a band of {@code lower} diagonals below the main one, and above} */
  public static MatrixLayout banded(int size, int lower, int upper) {
    return banded(lower, upper, IntStream.range(0, size).toArray());
  }

  /**
   * {@return the layout of a band after rows and columns were put in another order}
   *
   * @param places for each row, where it stands
   */
  static MatrixLayout banded(int lower, int upper, int[] places) {
    if (lower < 0 || upper < 0 || lower >= places.length || upper >= places.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A matrix with %d rows cannot have %d diagonals below the main one and %d above.",
              places.length,
              lower,
              upper));
    }
    return new MatrixLayout(places.length, lower, upper, false, places.clone());
  }

  /** {@return how many rows the matrix has} */
  public int size() {
    return size;
  }

  /** {@return how many diagonals below the main one may hold entries} */
  public int lower() {
    return lower;
  }

  /** {@return how many diagonals above the main one may hold entries} */
  public int upper() {
    return upper;
  }

  /** {@return whether every entry has a place} */
  public boolean isDense() {
    return dense;
  }

  /** {@return at which place a row, and the column of its number, stands} */
  public int place(int row) {
    return places[row];
  }

  /** {@return how many numbers the array holds} */
  public int length() {
    return Math.multiplyExact(size, width());
  }

  /** {@return how many numbers of the array belong to one row} */
  public int width() {
    return dense ? size : lower + upper + 1;
  }

  /** {@return the index of an entry in the array; -1 if it lies outside the band} */
  public int index(int row, int column) {
    int r = places[row];
    int c = places[column];
    if (dense) {
      return r * size + c;
    }
    boolean inside = r - c <= lower && c - r <= upper;
    return inside ? r * width() + c - r + lower : -1;
  }

  @Override
  public String toString() {
    return dense
        ? String.format(Locale.ROOT, "dense, %d rows", size)
        : String.format(Locale.ROOT, "%d rows, %d diagonals", size, lower + upper + 1);
  }
}
