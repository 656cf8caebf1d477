package odeum.solver;

import java.util.ArrayList;
import java.util.List;

/**
 * Butcher's order conditions by rooted trees: a method has order p if {@code sum_i b_i Phi_i(t) = 1
 * / gamma(t)} for every tree t of at most p nodes. Nodes may have colours, one for each part of an
 * additive method; the conditions are those of every colouring.
 *
 * <p>Hairer, Norsett and Wanner, "Solving Ordinary Differential Equations I", II.2 and II.15.
 */
final class OrderConditions {
  /** A node with a colour and what grows on it, the children in a canonical order. */
  record Tree(int colour, List<Tree> children, int nodes, double density) {
    static Tree of(int colour, List<Tree> children) {
      int nodes = 1;
      double density = 1;
      for (Tree child : children) {
        nodes += child.nodes;
        density *= child.density;
      }
      return new Tree(colour, children, nodes, density * nodes);
    }
  }

  /** How a child weighs on its parent, or null if there is no such pair. */
  interface Edge {
    double[][] matrix(int parent, int child, int siblings);
  }

  private OrderConditions() {}

  /** Trees by their number of nodes; index 0 is empty. */
  static List<List<Tree>> trees(int most, int colours) {
    List<List<Tree>> all = new ArrayList<>();
    all.add(List.of());
    for (int nodes = 1; nodes <= most; nodes++) {
      List<List<Tree>> forests = new ArrayList<>();
      List<Tree> smaller = all.stream().flatMap(List::stream).toList();
      grow(smaller, smaller.size() - 1, nodes - 1, new ArrayList<>(), forests);
      List<Tree> found = new ArrayList<>();
      for (List<Tree> forest : forests) {
        for (int colour = 0; colour < colours; colour++) {
          found.add(Tree.of(colour, forest));
        }
      }
      all.add(found);
    }
    return all;
  }

  private static void grow(
      List<Tree> from, int last, int left, List<Tree> chosen, List<List<Tree>> forests) {
    if (left == 0) {
      forests.add(List.copyOf(chosen));
      return;
    }
    for (int i = last; i >= 0; i--) {
      if (from.get(i).nodes() <= left) {
        chosen.add(from.get(i));
        grow(from, i, left - from.get(i).nodes(), chosen, forests);
        chosen.removeLast();
      }
    }
  }

  /** The largest error of a condition up to an order, for weights that reach to x. */
  static double residual(int order, double[] b, Edge edges, double x) {
    return residual(order, new double[][] {b}, edges, x);
  }

  /** The same for weights that depend on the colour of the root. */
  static double residual(int order, double[][] weights, Edge edges, double x) {
    double largest = 0;
    for (List<Tree> ofSize : trees(order, weights.length)) {
      for (Tree tree : ofSize) {
        double[] b = weights[tree.colour()];
        double[] phi = phi(tree, edges, b.length);
        if (phi.length == 0) {
          continue; // the method's equations have no such tree
        }
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
          sum += b[i] * phi[i];
        }
        double expected = 1 / tree.density();
        for (int i = 0; i < tree.nodes(); i++) {
          expected *= x;
        }
        largest = Math.max(largest, Math.abs(sum - expected));
      }
    }
    return largest;
  }

  private static double[] phi(Tree tree, Edge edges, int stages) {
    double[] product = new double[stages];
    java.util.Arrays.fill(product, 1);
    for (Tree child : tree.children()) {
      double[] inner = phi(child, edges, stages);
      double[][] a = edges.matrix(tree.colour(), child.colour(), tree.children().size());
      if (a == null || inner.length == 0) {
        return new double[0];
      }
      for (int i = 0; i < stages; i++) {
        double sum = 0;
        for (int j = 0; j < a[i].length; j++) {
          sum += a[i][j] * inner[j];
        }
        product[i] *= sum;
      }
    }
    return product;
  }

  /** The conditions of the step. */
  static double ofStep(ButcherTableau tableau, int order) {
    return residual(order, tableau.weights(), edges(tableau), 1);
  }

  /** The conditions of the method that the estimate compares the step with. */
  static double ofCompanion(ButcherTableau tableau, int estimate, int order) {
    double[] b = tableau.weights().clone();
    for (int i = 0; i < b.length; i++) {
      b[i] -= tableau.error(estimate, i);
    }
    return residual(order, b, edges(tableau), 1);
  }

  /** The conditions of dense output, the worst of some points. */
  static double ofDense(ButcherTableau tableau, int order) {
    double largest = 0;
    for (double x : new double[] {0.13, 0.4, 0.62, 0.91}) {
      double[] b = new double[tableau.allStages()];
      for (int i = 0; i < b.length; i++) {
        b[i] = tableau.weight(i, x);
      }
      largest = Math.max(largest, residual(order, b, edges(tableau), x));
    }
    return largest;
  }

  private static Edge edges(ButcherTableau tableau) {
    double[][] a = matrix(tableau);
    return (_, _, _) -> a;
  }

  /** The matrix a of all stages. */
  static double[][] matrix(ButcherTableau tableau) {
    double[][] a = new double[tableau.allStages()][tableau.allStages()];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        a[i][j] = tableau.a(i, j);
      }
    }
    return a;
  }
}
