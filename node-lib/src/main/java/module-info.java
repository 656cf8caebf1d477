/**
 * Neural differential equations: trace a vector field, compile it, solve it, differentiate through
 * it, fit it. The packages are listed in reading order; each imports only those before it.
 */
module odeum {
  requires com.fasterxml.jackson.core; // headers of safetensors files are JSON
  requires transitive commons.math3;
  requires static jdk.incubator.vector; // without it, odeum.simd takes its scalar loops

  exports odeum.tensor;
  exports odeum.graph;
  exports odeum.autodiff;
  exports odeum.compile;
  exports odeum.file;
  exports odeum.path;
  exports odeum.term;
  exports odeum.nonlinear;
  exports odeum.solver;
  exports odeum.adjoint;
  exports odeum.nn;
  exports odeum.train;
  exports odeum.equation;
  exports odeum.model;
}
