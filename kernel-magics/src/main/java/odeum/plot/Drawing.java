package odeum.plot;

import java.util.Optional;

/** What can show itself better than jsplot's words for it say. */
interface Drawing {
  /** {@return its forms for a notebook, for its own theme unless another is given} */
  MimeBundle bundle(Optional<Theme> theme);

  /** {@return it as SVG} */
  String svg();
}
